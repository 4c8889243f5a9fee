"""How concentrated each candidate is, beside how concentrated it was in the base year."""

from __future__ import annotations

from collections.abc import Callable

from lmi import words
from lmi.assessment.region import Assessment
from lmi.report.display import PageColumn, PageTable, words_column
from lmi.report.in_order import by_size
from lmi.report.tables.bars import bars_of
from lmi.schema.measures import MEASURES
from lmi.words import Row, records
from lmi.words.claims import ends
from lmi.words.how_sure import CONFIDENTIAL, as_range, has_range, is_measured
from lmi.words.intervals import FEW_NOTE, MARK_NOTE, rough_quotient

__all__ = ["past_quotients_sentence", "past_quotients_table"]

NATION, STATE = "lq", "lq_state"
NAMED = 4
SAME = 0.05
"""A change of a quotient by less is none to speak of."""


def past_quotients_table(found: Assessment, source: str) -> PageTable | None:
    """Set past and present quotients side by side; none where those of the past are not known."""
    table = found.present
    pairs = [name for name in (NATION, STATE) if _both(found, name)]
    if found.base_year is None or not pairs:
        return None
    heads = {NATION: "nation", STATE: "state"}
    columns = [words_column("Sector", "candidate_name")]
    for name in pairs:
        for key, year in ((f"{name}_base", found.base_year), (name, found.year)):
            columns.append(
                PageColumn(
                    f"LQ {heads[name]} {year}", _cell(key),
                    bar=bars_of(table, key) if name == NATION else None,
                )
            )  # fmt: skip
    frame = by_size(table, NATION, "candidate_name")
    kept = ["region", "candidate", "candidate_name", "base_year", CONFIDENTIAL[0]]
    kept += [c for name in pairs for key in (f"{name}_base", name) for c in MEASURES[key].columns]
    return PageTable(
        "past_quotients", frame[[name for name in kept if name in frame]],
        f"Concentration in {found.base_year} and {found.year}", source, columns,
        (f"{MARK_NOTE} {FEW_NOTE} LQ: location quotient; both years by one definition.",),
    )  # fmt: skip


def _cell(key: str) -> Callable[[Row], str]:
    """Write a quotient; one that has an interval is estimated, whatever year it is of."""

    def cell(row: Row) -> str:
        if has_range(row, key) and not as_range(row, key):
            return words.marked(rough_quotient(row[key]), 1.0)
        return MEASURES[key].cell(row)

    return cell


def _both(found: Assessment, name: str) -> bool:
    rows = records(found.present)
    return all(any(is_measured(row, key) for row in rows) for key in (f"{name}_base", name))


def past_quotients_sentence(found: Assessment) -> str:
    """Say which candidates surely became more or less concentrated; empty where none did.

    Surely: even the nearest ends of the intervals of the two years lie more than `SAME` apart.
    """
    known = [row for row in records(found.present) if _told(row)]
    now, past = ([ends(row, key) for row in known] for key in (NATION, f"{NATION}_base"))
    pairs = list(zip(known, now, past, strict=True))
    more = [row for row, one, was in pairs if one[0] > (1 + SAME) * was[1]]
    less = [row for row, one, was in pairs if one[1] < (1 - SAME) * was[0]]
    said = [
        f"{words.listing((str(row['candidate_name']) for row in moved), limit=NAMED)} "
        f"{'is' if len(moved) == 1 else 'are'} {how} concentrated"
        for moved, how in ((more, "more"), (less, "less"))
        if moved
    ]
    since = f"Against the nation, compared with {found.base_year}"
    return f"{since}: {'; '.join(said)}." if said else ""


def _told(row: Row) -> bool:
    return all(is_measured(row, key) for key in (NATION, f"{NATION}_base"))
