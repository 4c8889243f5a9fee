"""A scorecard as a workbook: the tables of both reports, and every row that they rest on."""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd

from lmi import words
from lmi.missing import Missing
from lmi.report.display import PageTable
from lmi.report.workbook.book import book_bytes
from lmi.report.workbook.sheet import TableSheet
from lmi.schema.owned import PARTNERSHIP_METRICS
from lmi.scorecard import tables
from lmi.scorecard.card import Scorecard
from lmi.scorecard.sections import CONTEXT, METHOD, fictional
from lmi.scorecard.values import FEWEST, is_few

__all__ = ["scorecard_bytes"]

MEANINGS = {column.name: column.meaning for column in PARTNERSHIP_METRICS.columns} | {
    "name": "What is counted",
    "told": "The value as the reports have it",
    "group": "Whom it is about",
    "phase": "What the claim is evidence of",
    "claim": "What speaks for the phase",
    "is_few": f"Whether the value is of fewer than {FEWEST} people or jobs; it is blank then, and "
    "with it the others of its year, which are added up",
    "priority": "What businesses put on the table",
    "team": "Action team",
    "lead": "Role of whoever leads it",
    "started": "Since when",
    "state": "How far it is at the end of the year",
    "result": "What came of it",
    "members": "How many there are",
    "early": "Of the early stage",
    "mid": "Of the middle stage",
    "mature": "Of the mature stage",
    "measure": "What is measured",
}


def scorecard_bytes(card: Scorecard) -> bytes:
    """Make a scorecard's workbook.

    Returns
    -------
    bytes
        An XLSX file; the same for the same scorecard. Texts are texts and never formulas, and a
        value of one or two people is blank.
    """
    own = card.partnership
    made_up = " (made up)" if card.illustrative else ""
    title = f"{own.name}{made_up}, {own.state.name}, {card.year}"
    return book_bytes(
        title, card.staff, list(_facts(card)), list(_sheets(card)), heading="Partnership scorecard"
    )


def _facts(card: Scorecard) -> Iterator[tuple[str, str]]:
    own = card.partnership
    if card.illustrative:
        yield "Illustrative", fictional(True)
    yield "Partnership", own.name
    yield "Region", f"{own.region.name}, {own.state.name}"
    yield "Sector", own.candidate.name
    yield "Convened by", own.said.convener.name
    yield "Launched", own.said.launch
    yield "Phase", card.phase.phase
    yield "Year", str(card.year)
    for note in (*card.phase.notes, *(early.text for early in card.early)):
        yield "Note", note
    if own.baseline_note:
        yield "Note", f"Baseline: {own.baseline_note}"
    yield "Missing", "A value that nobody counted is blank, which is not zero."
    yield "Method", METHOD
    yield "Context", CONTEXT
    yield "Source", "n/a" if isinstance(card.sector, Missing) else card.sector.source


def _sheets(card: Scorecard) -> Iterator[TableSheet]:
    told: list[tuple[str, str, PageTable | None]] = [
        ("Process", "How the partnership works, by year", tables.metrics_table(card, "process")),
        ("Impact", "What has come of it, by year", tables.metrics_table(card, "impact")),
        ("Evidence", "What each phase rests on", tables.phase_table(card)),
        ("Action teams", "Priorities and who works on them", tables.teams_table(card)),
        ("Members", "Who is at the table", tables.members_table(card)),
        (
            "Sector",
            "The sector around it: context, not attribution",
            tables.sector_table(card),
        ),
        ("Coverage", "Six categories of impact by stage", tables.coverage_table(card)),
    ]
    for name, about, table in told:
        if table is not None:
            yield TableSheet(name, table.frame, about, UNITS, meanings=MEANINGS)
    yield TableSheet("Rows", _rows(card), "Every row that was counted", UNITS, meanings=MEANINGS)


UNITS = {"value": "as named", "year": "year"} | dict.fromkeys(
    (name for name in MEANINGS if name not in ("value", "year", "members")), ""
)


def _rows(card: Scorecard) -> pd.DataFrame:
    """Return every row, without the values that a year's total would tell of a few people."""
    rows, metrics = card.readings.rows, card.partnership.catalogue.metrics
    few = pd.Series(
        [is_few(r["value"], metrics[str(r["metric"])], card.staff) for r in words.records(rows)],
        dtype=bool,
    )
    beside = few.groupby([rows["metric"], rows["year"]]).transform("any")
    told = rows[list(PARTNERSHIP_METRICS.names)].assign(is_few=few)
    return told.assign(value=told["value"].mask(beside))
