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
from lmi.assessment.people_sheets import appended, cell_of
from lmi.errors import ConfigError, DataFileError
from lmi.schema.owned import PARTNERSHIP_METRICS
from lmi.scorecard.dates import known_date
from lmi.scorecard.definition import Partnership
from lmi.scorecard.readings import Readings, read_readings
from lmi.scorecard.survey import FILLED, NUMBERS, OF, README
from lmi.sources.workbook import sheet_rows
from lmi.words import is_known, listing, records

__all__ = ["TakenIn", "survey_partnership", "take_in_survey"]

Rows = list[list[str]]
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
    """

    file: Path
    n_added: int
    n_known: int
    n_blank: int
    wrong: tuple[str, ...]


def survey_partnership(workbook: Path) -> str:
    """Return whose survey a workbook is, as its first sheet says; empty where it does not.

    Raises
    ------
    DataFileError
        It cannot be read.
    """
    rows = sheet_rows(workbook).get(README, [])
    return next((row[1] for row in rows if len(row) > 1 and row[0] == OF), "")


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
    rows = _numbers(workbook)
    had = read_readings(partnership)
    file = partnership.metrics_file
    before = file.read_bytes() if file.is_file() else b""
    head = [name.casefold() for name in rows[0]]
    metrics = partnership.catalogue.metrics
    keeps_unit = not before or "unit" in _columns(before)
    new: list[Mapping[str, str]] = []
    wrong, n_known, n_blank = [], 0, 0
    for at, row in enumerate(rows[1:], start=1):
        typed = {name: row[head.index(name)] for name in FILLED}
        if not any(typed[name] for name in TYPED):
            n_blank += 1
            continue
        if keeps_unit and typed["metric"] in metrics:  # a change of the unit is told by it later
            typed["unit"] = metrics[typed["metric"]].unit
        if (found := _known(typed, had)) is not None:
            n_known += found == ""
            wrong += [f"{_place(found, rows, at)}: {found}"] if found else []
            continue
        try:
            _check(partnership, before + _rows(before, [*new, typed], file))
        except (ConfigError, DataFileError) as error:
            wrong.append(f"{_place(error.message, rows, at)}: {error.message}")
            continue
        new.append(typed)
    if new:
        atomic.write_bytes(file, before + _rows(before, new, file))
    return TakenIn(file, len(new), n_known, n_blank, tuple(wrong))


def _columns(text: bytes) -> list[str]:
    """Return the columns of a team's file: of its first line that is no comment."""
    lines = (line for line in text.splitlines() if line.strip() and not line.startswith(b"#"))
    return [
        name.strip(' "').casefold() for name in next(lines, b"").decode(errors="replace").split(",")
    ]


def _rows(before: bytes, new: list[Mapping[str, str]], file: Path) -> bytes:
    return appended(before, new, PARTNERSHIP_METRICS, file)


def _numbers(workbook: Path) -> Rows:
    sheets = sheet_rows(workbook)
    if NUMBERS not in sheets or not sheets[NUMBERS]:
        raise DataFileError(
            f"it has no sheet {NUMBERS!r}; write one with `lmi scorecard --survey`", file=workbook
        )
    rows = sheets[NUMBERS]
    head = [name.casefold() for name in rows[0]]
    if missing := [name for name in FILLED if name not in head]:
        raise DataFileError(
            f"the sheet {NUMBERS!r} lacks the column {listing(missing)}; write its name into the "
            "first row again",
            file=workbook,
        )
    return rows


def _known(typed: Mapping[str, str], had: Readings) -> str | None:
    """Tell whether the file has a row: None if not, what differs if so, empty where nothing."""
    date = known_date(typed["date"])
    for row in records(had.rows):
        if date is None or (row["date"], row["metric"]) != (date.text, typed["metric"]):
            continue
        there = f"{row['value']:g}" if is_known(row["value"]) else ""
        if _same(typed["value"], row["value"]):
            return ""
        return (
            f"the value is {typed['value']!r}, and the partnership's file has {there or 'none'} "
            f"for {date.text}; correct it there, in line {row['line']}, if this one is right."
        )
    return None


def _same(text: str, value: float) -> bool:
    if not text or not is_known(value):
        return not text and not is_known(value)
    try:
        return float(text.replace(",", "")) == value
    except ValueError:
        return False


def _check(partnership: Partnership, text: bytes) -> None:
    """Read what the file would be, as it is read."""
    with tempfile.TemporaryDirectory() as folder:
        tried = replace(partnership, file=Path(folder, partnership.file.name))
        tried.metrics_file.write_bytes(text)
        read_readings(tried)


def _place(message: str, rows: Rows, at: int) -> str:
    return f"{NUMBERS}, {cell_of(message, [[h.casefold() for h in rows[0]], *rows[1:]], at)}"
