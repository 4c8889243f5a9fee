"""What people wrote into a survey where nothing is read: named by its cell, so that none is lost.

Who fills a survey in corrects last year's number where it stands, writes a new goal over the old
one, or a remark below the rows. None of these is taken in, and each is to be told where it belongs.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from lmi.report.workbook.sheet import in_cell
from lmi.scorecard.definition import Partnership
from lmi.scorecard.readings import Readings
from lmi.scorecard.survey import FACTS, FILLED, HEADS, NUMBERS, README, YEAR, beside
from lmi.sources.cells_shown import cell_name
from lmi.sources.workbook import head_at

__all__ = ["unread"]

Rows = Sequence[Sequence[str]]
WORDS = ("name", "collect")  # worded otherwise by another release, and nobody's own
MOST_QUOTED = 60  # signs


def unread(sheets: Mapping[str, Rows], partnership: Partnership, had: Readings) -> tuple[str, ...]:
    """Return what stands in a survey beside what is read of it: its cell, and where it belongs.

    Parameters
    ----------
    sheets : mapping
        Rows of the survey's two sheets by name, as `lmi.sources.workbook.sheet_rows` gives them.
    had : Readings
        Of the partnership before the survey is taken in.
    """
    readme = sheets.get(README, ())
    return (*_beside_numbers(sheets[NUMBERS], _year(readme), partnership, had), *_remarks(readme))


def _year(readme: Rows) -> int | None:
    told = next((row[1] for row in readme if len(row) > 1 and row[0] == YEAR), "")
    return int(told) if told.isdecimal() else None


def _remarks(readme: Rows) -> Iterator[str]:
    """Name what was added to the first sheet."""
    top = head_at(readme) if readme else 0
    for at, row in enumerate(readme):
        known = 2 if row[0] in FACTS else 1 if at < top else 0  # a title stands above them
        for column, text in enumerate(row):
            if text and column >= known:
                yield _told(README, at, column, text, "nothing is read of this sheet")


def _beside_numbers(
    rows: Rows, year: int | None, partnership: Partnership, had: Readings
) -> Iterator[str]:
    top = head_at(rows)
    titles = {title: key for key, title in HEADS.items()} | {str((year or 0) - 1): "last"}
    keys = [titles.get(title.strip(), title.partition("(")[0].strip().casefold())
            for title in rows[top]]  # fmt: skip
    metrics = partnership.catalogue.metrics
    for at, row in enumerate(rows[top + 1 :], start=top + 1):
        cells = dict(zip(keys, row, strict=False))
        metric = metrics.get(cells.get("metric", ""))
        has = beside(metric, partnership, had, year) if metric and year else {}
        is_asked = bool(has) and bool(cells.get("name") or cells.get("collect"))
        is_filled = any(cells.get(name) for name in ("value", "evidence", "story"))
        for column, (key, text) in enumerate(zip(keys, row, strict=False)):
            named = key in WORDS and (is_asked or is_filled)
            if not text or key in FILLED or named or text == in_cell(has.get(key, "")):
                continue
            yield _told(NUMBERS, at, column, text, _where(key, year, partnership))


def _where(key: str, year: int | None, partnership: Partnership) -> str:
    """Say where a text of a column belongs."""
    if key == "target":
        return f"change it below 'targets' of {partnership.file.name}"
    if key == "last":
        return (
            f"correct a number of {(year or 0) - 1} in {partnership.metrics_file.name}, or add its "
            "row below with its date"
        )
    if key == "unit":
        return "what is counted otherwise is a metric of its own, below 'own_metrics'"
    return "write it as the story or the evidence of a row"


def _told(sheet: str, at: int, column: int, text: str, where: str) -> str:
    quoted = text if len(text) <= MOST_QUOTED else f"{text[:MOST_QUOTED]}…"
    return f"{sheet}, cell {cell_name(at, column)}: {quoted!r} is beside what is read; {where}."
