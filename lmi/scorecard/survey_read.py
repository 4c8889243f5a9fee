"""A survey that was filled in, read back into a partnership's own file.

A row that cannot be stays in the workbook and is named by its cell; all others are taken in. So
nothing that was typed is lost, and the same workbook, corrected, can be read again.
"""

from __future__ import annotations

import tempfile
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from lmi import atomic
from lmi.assessment.people_sheets import appended, cell_of, own_header
from lmi.errors import ConfigError, DataFileError
from lmi.schema.owned import PARTNERSHIP_METRICS
from lmi.scorecard.catalogue import MetricDefinition
from lmi.scorecard.dates import known_date
from lmi.scorecard.definition import Partnership
from lmi.scorecard.readings import Readings, read_readings
from lmi.scorecard.survey import FILLED, NUMBERS, OF, README
from lmi.scorecard.survey_unread import unread
from lmi.scorecard.values import SIGNS, may_be_share
from lmi.sources.as_written import EMPTY
from lmi.sources.workbook import head_at, sheet_rows
from lmi.words import Row, is_known, listing, records

__all__ = ["TakenIn", "survey_partnership", "take_in_survey"]

Rows = list[list[str]]
YES_OR_NO = {"yes": "1", "true": "1", "no": "0", "false": "0"}
TYPED = ("value", "evidence", "story")  # a row without any of them was not filled in


@dataclass(frozen=True)
class TakenIn:
    """What became of a survey's rows.

    Parameters
    ----------
    file : pathlib.Path
        The partnership's own file.
    n_added, n_known, n_blank : int
        Rows that were added, that it had already, and that nobody filled in.
    wrong : tuple of str
        Of each row that cannot be: its cell, why, and what to write.
    is_recoded : bool
        Whether all of the file is written anew, in UTF-8.
    beside : tuple of str
        What was written where nothing is read, as `lmi.scorecard.survey_unread.unread` names it.
    """

    file: Path
    n_added: int
    n_known: int
    n_blank: int
    wrong: tuple[str, ...]
    is_recoded: bool = False
    beside: tuple[str, ...] = ()


def survey_partnership(workbook: Path) -> str:
    """Return whose survey a workbook is, as its first sheet says; empty where it does not.

    Raises
    ------
    DataFileError
        It cannot be read.
    """
    rows = sheet_rows(workbook, README).get(README, [])
    return next((row[row.index(OF) + 1] for row in rows if OF in row[:-1]), "")


def take_in_survey(workbook: Path, partnership: Partnership) -> TakenIn:
    """Add the rows of a survey to a partnership's own file.

    Raises
    ------
    DataFileError
        The workbook cannot be read, or has not the sheet or a column.
    ConfigError
        It is another partnership's, or the partnership's own file cannot be read or added to.
    """
    whose = survey_partnership(workbook)
    if whose and whose != partnership.id:
        raise ConfigError(
            f"it is the survey of {whose!r}, not of {partnership.id!r}; read it as that.",
            file=workbook,
        )
    sheets = sheet_rows(workbook, NUMBERS, README)
    rows = _numbers(sheets, workbook)
    had = read_readings(partnership)
    file = partnership.metrics_file
    before = file.read_bytes() if file.is_file() else b""
    top = head_at(rows)
    head = _titles(rows[top])
    metrics = partnership.catalogue.metrics
    keeps_unit = not before or "unit" in own_header(before).fields
    new: list[Mapping[str, str]] = []
    wrong, n_known, n_blank = [], 0, 0
    for at, row in enumerate(rows[top + 1 :], start=top + 1):
        typed = {name: row[head.index(name)] for name in FILLED}
        if typed["value"].lower() in EMPTY:
            typed["value"] = ""
        if (date := known_date(typed["date"])) is not None:
            typed["date"] = date.text
        if not any(typed[name] for name in TYPED):
            n_blank += 1
            continue
        if keeps_unit and typed["metric"] in metrics:  # a change of the unit is told by it later
            typed["unit"] = metrics[typed["metric"]].unit
        try:
            typed["value"] = _amount(typed["value"], metrics.get(typed["metric"]))
            if (there := _there(typed, had)) is not None:
                _check_same(typed, there)
                n_known += 1
                continue
            _check(partnership, _rows(before, [*new, typed], file))
        except (ConfigError, DataFileError) as error:
            wrong.append(f"{NUMBERS}, {cell_of(error.message, rows, at)}: {error.message}")
            continue
        new.append(typed)
    text = _rows(before, new, file) if new else before
    if new:
        atomic.write_bytes(file, text)
    return TakenIn(
        file, len(new), n_known, n_blank, tuple(wrong), not text.startswith(before),
        unread(sheets, partnership, had),
    )  # fmt: skip


def _titles(row: list[str]) -> list[str]:
    """Return the names of columns, without what people add in parentheses."""
    return [title.partition("(")[0].strip().casefold() for title in row]


def _rows(before: bytes, new: list[Mapping[str, str]], file: Path) -> bytes:
    return appended(before, new, PARTNERSHIP_METRICS, file)


def _numbers(sheets: Mapping[str, Rows], workbook: Path) -> Rows:
    if NUMBERS not in sheets:
        raise DataFileError(
            f"it has no sheet {NUMBERS!r}; give that name to the one that was filled in, or write "
            "one with `lmi scorecard --survey`",
            file=workbook,
        )
    rows = sheets[NUMBERS]
    head = _titles(rows[head_at(rows)])
    if missing := [name for name in FILLED if name not in head]:
        raise DataFileError(
            f"the sheet {NUMBERS!r} lacks the column {listing(missing)}; write its name into the "
            "row of titles again",
            file=workbook,
        )
    return rows


def _amount(text: str, metric: MetricDefinition | None) -> str:
    """Return a value without the sign of its metric's unit, a yes or no as the number that it is.

    Raises
    ------
    ConfigError
        A percentage may be a share: a cell that nobody formatted keeps 79% as 0.79.
    """
    if metric is not None and metric.unit == "yes or no":
        return YES_OR_NO.get(text.casefold(), text)
    if text and not text.strip("-\u2013\u2014"):
        raise ConfigError(
            f"the value is {text!r}, which may be nothing or zero; leave the cell blank, or write "
            "0."
        )
    if metric is not None and text.casefold().endswith(f" {metric.unit}"):
        return text[: -len(metric.unit)].strip()
    sign = next((sign for sign, unit in SIGNS.items() if metric and metric.unit == unit), "")
    plain = text.replace(sign, "").strip() if sign else text
    if metric is None or not (why := may_be_share(plain, metric, in_sheet=True)):
        return plain
    if plain == text:
        raise ConfigError(f"the value {why}.")
    return f"{plain}%"  # which the file, too, takes for no share of 1 then


def _there(typed: Mapping[str, str], had: Readings) -> Row | None:
    """Return the row that the file has of a date and a metric."""
    date = known_date(typed["date"])
    return next(
        (
            row
            for row in records(had.rows)
            if date is not None and (row["date"], row["metric"]) == (date.text, typed["metric"])
        ),
        None,
    )


def _check_same(typed: Mapping[str, str], there: Row) -> None:
    """Refuse what a row that the file has says otherwise; a cell left blank says nothing.

    Raises
    ------
    ConfigError
        The first cell that differs.
    """
    for name in (*TYPED, "source"):
        text, has = typed[name], there[name]
        if not text or (_same(text, has) if name == "value" else text == " ".join(has.split())):
            continue
        shown = (f"{has:g}" if is_known(has) else "") if name == "value" else str(has)
        raise ConfigError(
            f"the {name} is {text!r}, and the partnership's file has {shown or 'none'} for "
            f"{there['date']}; write it there, in line {there['line']}, if this one is right."
        )


def _same(text: str, value: float) -> bool:
    try:
        return float(text.replace(",", "").removesuffix("%")) == value
    except ValueError:
        return False


def _check(partnership: Partnership, text: bytes) -> None:
    """Read what the file would be, as it is read."""
    with tempfile.TemporaryDirectory() as folder:
        tried = replace(partnership, file=Path(folder, partnership.file.name))
        tried.metrics_file.write_bytes(text)
        read_readings(tried)
