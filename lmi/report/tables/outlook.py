"""Where the candidates' jobs are going, by every source that there is."""

from __future__ import annotations

from collections.abc import Callable

from lmi import words
from lmi.assessment.outlooks import AT_ODDS, expectation, jobs_cell, others
from lmi.assessment.region import Assessment
from lmi.report.display import PageColumn, PageTable
from lmi.report.in_order import by_size
from lmi.report.tables.ranking import indented
from lmi.schema.outlooks import OUTLOOK_MEASURES, OUTLOOKS
from lmi.words import Row, records

__all__ = ["outlook_table"]

NOTHING = "\N{EN DASH}"


def outlook_table(found: Assessment, source: str) -> PageTable | None:
    """List what is expected of each candidate, the largest first; None where nothing is."""
    known = found.present
    if "projection_kind" not in known or known["projected_emplvl_cagr"].isna().all():
        return None
    expected = known[known["projected_emplvl_cagr"].notna()]
    shown = by_size(expected, "annual_avg_emplvl", "candidate_name")
    columns = [
        PageColumn("Sector", indented, numeric=False),
        PageColumn("Jobs to come", lambda row: jobs_cell(row).partition(" by ")[0]),
        PageColumn("A year", _a_year),
    ]
    sources = {_from(row) for row in records(shown)}
    if len(sources) > 1:
        columns.append(PageColumn("From", _from, numeric=False))
    beside = {(e.whose, e.horizon): e for row in records(shown) for e in others(row)}
    order = sorted(beside.values(), key=lambda e: ([*OUTLOOKS].index(e.kind), e.horizon))
    columns += [PageColumn(_head(e.whose, e.horizon), _beside(e.whose, e.horizon)) for e in order]
    names = [name for measure in OUTLOOK_MEASURES for name in measure.columns if name in known]
    return PageTable(
        "outlook",
        known[["region", "candidate", "candidate_name", *names]],
        f"Where jobs are going, {found.name}, from {found.year} on"
        f"{'' if len(sources) > 1 else f': {sources.pop()}'}",
        source,
        columns,
        (
            "In brackets and of jobs: the range that holds what comes nine times in ten. Without: "
            "industries of the sector that the source does not project; they are taken to grow as "
            "its others do. The best source counts: "
            "the region's own projection, the state's, the nation's rates on the mix of jobs here, "
            f"the trend. {AT_ODDS} disagrees with it: more than a point a year apart, or a gain "
            "beside a loss with more than half a point between.",
        ),
        layout=shown,
        stack=True,
    )


def _a_year(row: Row) -> str:
    counts = expectation(row, str(row["projection_kind"]))
    assert counts is not None, "rows without an expectation are not laid out"
    rate = words.signed_pct(counts.rate)
    return f"{rate} ({counts.span})" if counts.span else rate


def _from(row: Row) -> str:
    counts = expectation(row, str(row["projection_kind"]))
    assert counts is not None, "rows without an expectation are not laid out"
    lacks = str(row.get("projection_lacks") or "")
    part = f"; without {words.listing(lacks.split(), 3)}" if lacks else ""
    return f"{counts.whose}, {counts.horizon}{part}"


def _head(whose: str, horizon: str) -> str:
    said = whose.removeprefix("the ")
    return f"{said[:1].upper()}{said[1:]} {horizon}"


def _beside(whose: str, horizon: str) -> Callable[[Row], str]:
    """Write what a source that does not count expects a year."""

    def write(row: Row) -> str:
        for each in others(row):
            if (each.whose, each.horizon) == (whose, horizon):
                return f"{f'{AT_ODDS} ' * each.disagrees}{words.signed_pct(each.rate)}"
        return NOTHING

    return write
