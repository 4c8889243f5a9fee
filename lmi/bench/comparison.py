"""Variants side by side: where each sector stands in each, and what may be said of the difference.

Of two places no more is said than their ranges bear out: sectors stand elsewhere where the ranges
are apart, and cannot be told apart where they meet.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import combinations

import pandas as pd

from lmi.assessment.basis import FOR_STAFF
from lmi.bench.tables import NO_DATA, RankedRow
from lmi.report.display import PageColumn, PageTable, words_column
from lmi.report.workbook.book import book_bytes
from lmi.report.workbook.dictionary import entry
from lmi.report.workbook.sheet import TableSheet
from lmi.scoring.rank import FIRST_THREE
from lmi.words import Row, is_known, listing, lowered
from lmi.words.claims import or_

__all__ = ["NOTES", "VariantColumn", "Comparison"]

ABSENT, IS_PART = "Not defined", "Counted within another sector"
ELSEWHERE, UNTOLD, SAME = "elsewhere", "not told apart", "the same"
IN_SOME = "ranked in some alone"
NOTES = (
    "Behind a rank is the range that holds it nine times in ten, where withheld data leave one; "
    "= is level within a point of a hundred. Elsewhere: the ranges of two columns are apart. Not "
    "told apart: the ranks differ, but withheld numbers may be why.",
)
LINES = {
    "name": "variant",
    "where": "region and year",
    "first": "who comes first, or of whom it is one",
    "changes": "how it differs from what is saved",
    "line": "line of Python that opens the bench so",
}
FIGURES = ("rank", "is_level", "rank_lo", "rank_hi", "score", "top3_chance")


@dataclass(frozen=True)
class VariantColumn:
    """One of those that are compared.

    Parameters
    ----------
    where : str
        Region and year.
    line : str
        What opens the bench so.
    changes : str
        How it differs from what is saved.
    rows : tuple of RankedRow
        The best first.
    """

    name: str
    where: str
    line: str
    changes: str
    rows: tuple[RankedRow, ...]

    @cached_property
    def by_key(self) -> Mapping[str, RankedRow]:
        """Its rows by their sectors."""
        return {row.key: row for row in self.rows}

    def place(self, key: str) -> str:
        """Return the rank of a sector with its range, or why it has none."""
        one = self.by_key.get(key)
        if one is None or one.rank is None:
            return lowered(_aside(one))
        may_be = f" ({one.rank_range})" if one.rank_range != str(one.rank) else ""
        return f"{one.rank}{'=' if one.is_level else ''}{may_be}"

    def figure(self, write: Callable[[RankedRow], str]) -> Callable[[str], str]:
        """Return what writes a number of a sector that is ranked; of another nothing."""
        found = {row.key: row for row in self.rows if row.rank is not None}
        return lambda key: write(found[key]) if key in found else ""

    @property
    def first(self) -> str:
        """Who comes first, or of whom it is one, as a clause."""
        may = [row for row in self.rows if row.rank is not None and 1 in (row.rank, _range(row)[0])]
        names = [row.name for row in may]
        if not may:
            return "no sector is ranked"
        if any(row.rank != 1 for row in may):
            return f"{or_(names)} comes first"
        return f"{listing(names)} {'comes first' if len(may) == 1 else 'are level at the top'}"


def _range(row: RankedRow) -> tuple[float, float]:
    low, high = row.measures["rank_lo"], row.measures["rank_hi"]
    known = is_known(low) and is_known(high)
    return (float(low), float(high)) if known else (float(row.rank or 0), float(row.rank or 0))


@dataclass(frozen=True)
class Comparison:
    """Some variants, what is saved before them.

    Parameters
    ----------
    staff : bool
        Whether it is for staff alone.
    """

    columns: tuple[VariantColumn, ...]
    staff: bool = False

    @property
    def names(self) -> Mapping[str, str]:
        """The sectors of them all by their keys, in the order of the first that has each."""
        found: dict[str, str] = {}
        for row in (row for column in self.columns for row in column.rows):
            found.setdefault(row.key, row.name)
        return found

    def between(self, key: str) -> str:
        """Say whether a sector stands elsewhere in one than in another."""
        found = [column.by_key.get(key) for column in self.columns]
        ranked = [row for row in found if row is not None and row.rank is not None]
        if not ranked:
            return ""
        if len(ranked) < len(found):
            return IN_SOME
        ranges = [_range(row) for row in ranked]
        if any(a[1] < b[0] or b[1] < a[0] for a, b in combinations(ranges, 2)):
            return ELSEWHERE
        return SAME if len({row.rank for row in ranked}) == 1 else UNTOLD

    @property
    def sentences(self) -> list[str]:
        """Who comes first in each, who is among the first three in all, who stands elsewhere."""
        said = [f"{column.name}: {column.first}." for column in self.columns]
        sure = [
            name
            for key, name in self.names.items()
            if all(
                (row := column.by_key.get(key)) is not None
                and row.rank is not None
                and _range(row)[1] <= FIRST_THREE
                for column in self.columns
            )
        ]
        said.append(
            f"Among the first three in all of them, whatever the withheld numbers: {listing(sure)}."
            if sure
            else "No sector is among the first three in all of them whatever the withheld numbers."
        )
        return said

    @property
    def frame(self) -> pd.DataFrame:
        """A row a sector, with the numbers of each that is compared under its name."""
        rows = []
        for key, name in self.names.items():
            row: dict[str, object] = {"candidate": key, "candidate_name": name}
            for column in self.columns:
                found = column.by_key.get(key)
                measures: Row = {} if found is None else found.measures
                told = {figure: measures.get(figure) for figure in FIGURES}
                if found is None or found.rank is None:
                    told = dict.fromkeys(FIGURES) | {"score": measures.get("score")}
                row |= {f"{column.name} {figure}": value for figure, value in told.items()}
                row[f"{column.name} set_aside"] = _aside(found)
            rows.append(row | {"between": self.between(key)})
        notice = {"notice": FOR_STAFF} if self.staff else {}
        return pd.DataFrame(rows).assign(**notice)

    @property
    def lines(self) -> pd.DataFrame:
        """A row for each that is compared, with the line that opens the bench so."""
        rows = [{name: getattr(column, name) for name in LINES} for column in self.columns]
        notice = {"notice": FOR_STAFF} if self.staff else {}
        return pd.DataFrame(rows).assign(**notice)

    @property
    def table(self) -> PageTable:
        """The comparison as a table."""
        shown = [words_column("Sector", "candidate_name")]
        for column in self.columns:
            written: dict[str, Callable[[str], str]] = {
                f"{column.name}: rank": column.place,
                "Score": column.figure(lambda one: one.points),
                "Top 3": column.figure(lambda one: one.top3),
            }
            shown += [PageColumn(title, _of_key(write)) for title, write in written.items()]
        shown.append(words_column("Between them", "between"))
        notes = [*self.sentences, *NOTES, *([FOR_STAFF] if self.staff else [])]
        return PageTable("bench_variants", self.frame, self._caption, "", shown, notes)

    @property
    def book(self) -> bytes:
        """The comparison and the lines as a workbook."""
        told = {f"{c.name} {figure}": entry(figure) for c in self.columns for figure in FIGURES}
        sheets = [
            TableSheet(
                "Comparison", self.frame, "Where each sector stands in each",
                {name: meaning.unit for name, meaning in told.items()}, "",
                {name: meaning.text for name, meaning in told.items()}
                | {f"{c.name} set_aside": "why it is not ranked" for c in self.columns}
                | {"between": "what the ranges of the ranks bear out of the difference"},
            ),
            TableSheet("Variants", self.lines, "What opens the bench on each", {}, "", LINES),
        ]  # fmt: skip
        facts = [("Note", said) for said in (*self.sentences, *NOTES)]
        title = listing(dict.fromkeys(c.where for c in self.columns))
        return book_bytes(title, self.staff, facts, sheets, heading="Variants compared")

    @property
    def _caption(self) -> str:
        return f"Variants: {listing(f'{c.name} ({c.where})' for c in self.columns)}"


def _of_key(write: Callable[[str], str]) -> Callable[[Row], str]:
    return lambda row: write(str(row["candidate"]))


def _aside(row: RankedRow | None) -> str:
    """Say why a sector is not ranked; nothing of one that is."""
    if row is None:
        return ABSENT
    if row.rank is not None:
        return ""
    return IS_PART if row.is_part else row.aside or NO_DATA
