"""What a partnership counted, read from its ``NAME.metrics.csv``, checked, and put into years."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd

from lmi.schema.owned import PARTNERSHIP_METRICS
from lmi.scorecard.catalogue import MetricDefinition
from lmi.scorecard.dates import Known, is_to_come, known_date
from lmi.scorecard.definition import Partnership
from lmi.scorecard.method import reached
from lmi.scorecard.values import SIGNS, cannot_be, may_be_share
from lmi.sources.own_file import OwnRows, read_own
from lmi.words import Row, is_known, records

__all__ = ["Readings", "StageNote", "read_readings", "stage_notes"]

_SAID = ("unit", "kind", "category", "stage")  # what a row may repeat of the catalogue
YEARLY = ["metric", "year", "value", "n_rows"]


@dataclass(frozen=True, eq=False)
class Readings:
    """What a partnership counted.

    Parameters
    ----------
    rows : DataFrame
        The file's columns with `day` (ISO, the last that its date may be), `year` and `line`,
        ordered by day; `unit`, `kind`,
        `category` and `stage` filled from the catalogue.
    yearly : DataFrame
        ``metric``, ``year``, ``value`` and ``n_rows``: of a metric over a year the sum of its
        rows, of one at a date the last of them. A year without a value has no row.
    """

    rows: pd.DataFrame
    yearly: pd.DataFrame

    @property
    def year(self) -> int | None:
        """The newest year with a row; None where there is none."""
        return max(self.years, default=None)

    @property
    def years(self) -> frozenset[int]:
        """The years with a row."""
        return frozenset(int(year) for year in self.rows["year"])

    def series(self, metric: str) -> dict[int, float]:
        """Return a metric's values by year, in their order; years without one are not there."""
        own = self.yearly[self.yearly["metric"] == metric]
        return {int(row["year"]): float(row["value"]) for row in records(own)}

    @property
    def stories(self) -> list[Row]:
        """The rows that tell something, newest first."""
        told = self.rows[self.rows["story"] != ""]
        return records(told.iloc[::-1])


@dataclass(frozen=True)
class StageNote:
    """A value of a stage that the partnership has not reached: a note, no error."""

    line: int
    text: str


def read_readings(partnership: Partnership) -> Readings:
    """Read what a partnership counted; nothing where it has no file yet.

    Raises
    ------
    ConfigError
        A row cannot be: an unknown metric, another unit than its metric's, a date that is none or
        before the launch, more than 100 percent, a row that stands twice. Names file and line.
    """
    file = partnership.metrics_file
    if not file.is_file():
        return _readings(partnership, [], ())
    found = read_own(file, PARTNERSHIP_METRICS)
    rows = records(found.rows)
    seen: dict[tuple[str, str], int] = {}
    kept = []
    for at, row in enumerate(rows):
        metric = _metric(found, at, row, partnership)
        _check_said(found, at, row, metric)
        _check_value(found, at, row, metric)
        date = _date(found, at, str(row["date"]), partnership)
        _check_once(found, at, date, metric, seen)
        kept.append({**row, "date": date.text, "day": date.last.isoformat(), "year": date.year})
    return _readings(partnership, kept, found.lines)


def _check_once(
    found: OwnRows, at: int, date: Known, metric: MetricDefinition,
    seen: dict[tuple[str, str], int],
) -> None:  # fmt: skip
    """Refuse a row that stands twice, and a year's total beside its parts."""
    line = seen.setdefault((metric.key, date.text), found.lines[at])
    if line != found.lines[at]:
        raise found.error(
            at,
            f"{metric.key!r} of {date.text} stands twice, first in line {line}; keep one of them, "
            "or give the other its own date.",
        )
    if metric.over == "date":
        return
    year = str(date.year)
    parts = [line for (key, text), line in seen.items()
             if key == metric.key and text.startswith(year) and text != year]  # fmt: skip
    whole = seen.get((metric.key, year))
    if whole is not None and parts:
        raise found.error(
            at,
            f"{metric.key!r} has the whole of {year} in line {whole} and a part of it in line "
            f"{parts[0]}, and rows of a year are added up; keep the whole or its parts.",
        )


def _readings(partnership: Partnership, rows: Sequence[Row], lines: Sequence[int]) -> Readings:
    metrics = partnership.catalogue.metrics
    table = pd.DataFrame(
        [
            {
                **row,
                **{name: getattr(metrics[row["metric"]], name) or "" for name in _SAID},
                "line": line,
            }
            for row, line in zip(rows, lines, strict=True)
        ],
        columns=[*PARTNERSHIP_METRICS.names, "day", "year", "line"],
    ).astype({"value": "float64", "year": "int64", "line": "int64"})
    table = table.sort_values(["day", "line"], kind="stable", ignore_index=True)
    valued = table[table["value"].notna()]
    yearly = [
        (
            metric, year,
            own["value"].sum() if metrics[str(metric)].over == "year" else own["value"].iloc[-1],
            len(own),
        )
        for (metric, year), own in valued.groupby(["metric", "year"], sort=True)
    ]  # fmt: skip
    return Readings(table, pd.DataFrame(yearly, columns=YEARLY))


def _metric(found: OwnRows, at: int, row: Row, partnership: Partnership) -> MetricDefinition:
    key, catalogue = str(row["metric"]), partnership.catalogue
    if key not in catalogue.metrics:
        raise found.error(at, f"there is no metric {key!r}{catalogue.hint(key)}.")
    return catalogue.metrics[key]


def _check_said(found: OwnRows, at: int, row: Row, metric: MetricDefinition) -> None:
    """Refuse a row that says another unit, kind, category or stage than its metric has."""
    for name in _SAID:
        said, right = str(row[name]).casefold(), getattr(metric, name)
        if not said or said == str(right or "").casefold():
            continue
        remedy = f"write {right!r} or leave it blank" if right else "leave it blank"
        why = (
            "; units are not mixed within a metric, so a number counted in another way, or from "
            "this year on, is a metric of its own, below 'own_metrics'"
            if name == "unit"
            else ""
        )
        raise found.error(
            at, f"the {name} is {row[name]!r}, and {metric.key!r} has another{why}; {remedy}."
        )


def _check_value(found: OwnRows, at: int, row: Row, metric: MetricDefinition) -> None:
    value = row["value"]
    if not is_known(value):
        if not row["story"] and not row["evidence"]:
            raise found.error(
                at, "the row has no value, no evidence and no story; write one of them, or take "
                "the row out: what nobody counted is missing, not zero.",
            )  # fmt: skip
        return
    written = str(found.written["value"][at])
    for sign, unit in SIGNS.items():
        if sign in written and metric.unit != unit:
            raise found.error(
                at, f"the value is {written!r}, and {metric.key!r} counts {metric.unit}; write it "
                f"without {sign!r} if it is that, or take the row out.",
            )  # fmt: skip
    if why := may_be_share(written, metric) or cannot_be(float(value), metric):
        raise found.error(at, f"the value {why}.")


def _date(found: OwnRows, at: int, text: str, partnership: Partnership) -> Known:
    date = known_date(text)
    if date is None:
        raise found.error(
            at, f"the date is {text!r}; write one such as 2026-11-22, 2026-11 or 2026."
        )
    if date.last < partnership.launch.first:
        raise found.error(
            at,
            f"the date {text} is before the launch, {partnership.said.launch}; correct one of "
            "them, or give what was before as the 'baseline' of a target.",
        )
    if is_to_come(date):
        raise found.error(at, f"the date {text} is to come; a row is of what was counted.")
    return date


def stage_notes(partnership: Partnership, readings: Readings, phase: str) -> list[StageNote]:
    """Note the values of a stage that the partnership's phase has not reached."""
    metrics = partnership.catalogue.metrics
    early: dict[str, int] = {}
    for row in records(readings.rows):
        metric = metrics[row["metric"]]
        if is_known(row["value"]) and not reached(phase, metric.stage):  # type: ignore[arg-type]
            early.setdefault(metric.key, int(row["line"]))
    return [
        StageNote(
            line,
            f"{metrics[key].name} is of the {metrics[key].stage} stage, and an {phase} partnership "
            "is not yet asked for it; it is shown, and nothing is expected of it.",
        )
        for key, line in early.items()
    ]
