"""Hold the areas of a QCEW file to their own sums, and tell an excerpt from a whole.

Places of business are published even where all else is withheld, so in a whole file every industry
has as many as the industries below it, and a total as many as its ownerships. What is absent is
unknown, never zero: it is named, and the file is taken in.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace

import numpy as np
import polars as pl

from lmi import naics
from lmi.errors import DataFileError
from lmi.schema import Table
from lmi.schema.qcew import estabs_of, jobs_of, wages_of
from lmi.sources.coded import Coded
from lmi.sources.odd_rows import MOST_ROWS, MOST_SHARE, REMEDY, named
from lmi.sources.qcew_sums import Bools, Faults, Ints, faults_of
from lmi.words import count

__all__ = ["BATCH_ROWS", "Areas", "AreaPeriod", "without"]

# Rows that are looked at together: some megabytes of numbers, and whole files that are not sorted.
BATCH_ROWS = 40_000
# An area and period of which more families fall short than this is an excerpt, or was cut off.
FEW_FAMILIES, FEW_SHARE = 3, 0.02
# Of 534 areas and periods of the agency's, places of business without jobs, wages and an N are at
# most 2.8 percent of a county's rows, and 4.5 of those that no county could be named for; where all
# have lost their N, they are half.
WITHOUT_N, FEWEST_ROWS = 0.06, 20
# Layouts without all levels may lack owners too: governments have a tenth of the places at most.
OWNERS_LEFT = 0.3
# Of a table of all cells; more, and the areas of a batch are not those of a sorted file.
MOST_CELLS = 1 << 24


@dataclass(frozen=True)
class AreaPeriod:
    """An area in a period: how much of it is there.

    Parameters
    ----------
    area, year, qtr
        Which.
    rows, families, lacking : int
        Its rows, those that must have parts, and how often parts or a whole are not there.
    has_total : bool
        Whether the row of all ownerships and industries is there.
    """

    area: str
    year: int
    qtr: str
    rows: int
    families: int
    lacking: int
    has_total: bool

    @property
    def is_excerpt(self) -> bool:
        """Whether it is so far from whole that what is absent was left out on purpose."""
        is_half = 0 < self.families <= 2 * self.lacking
        few = max(FEW_FAMILIES, FEW_SHARE * self.families)
        return not self.has_total or is_half or self.lacking > few

    def __str__(self) -> str:
        return f"{self.area} {self.year}{'' if self.qtr == 'A' else f' Q{self.qtr}'}"


@dataclass
class _Excerpts:
    """What the excerpts of a file hold."""

    owners: set[str] = field(default_factory=set)
    industries: set[str] = field(default_factory=set)

    def add(self, is_excerpt: Bools, owners: Coded, industries: Coded) -> None:
        for held, column in ((self.owners, owners), (self.industries, industries)):
            held.update(column.values[i] for i in np.unique(column.places[is_excerpt]))


def _groups(areas: Coded, years: Ints, quarters: Coded) -> tuple[Ints, list[tuple[str, int, str]]]:
    """Number areas and periods, and name them."""
    first, n_quarters = int(years.min()), len(quarters.values)
    n_years = int(years.max()) - first + 1
    every = (areas.places * n_years + years - first) * n_quarters + quarters.places
    there = np.zeros(len(areas.values) * n_years * n_quarters, dtype=bool)
    there[every] = True
    names = []
    for number in np.flatnonzero(there).tolist():
        period, quarter = divmod(number, n_quarters)
        area, year = divmod(period, n_years)
        names.append((areas.values[area], first + year, quarters.values[quarter]))
    return (np.cumsum(there) - 1)[every], names


class Areas:
    """The areas of one file, as its rows come by.

    Parameters
    ----------
    label : str
        How an error names the file.
    has_all_levels : bool
        Whether a whole file has the rows of all levels. If not, no part is missing where a row has
        none at all, and many sums that fall short are a choice of rows.
    """

    def __init__(self, table: Table, label: str, *, has_all_levels: bool = True) -> None:
        self.table, self.label, self.rows = table, label, 0
        self._has_all_levels = has_all_levels
        self._estabs = estabs_of(table)
        # A mean of four quarters is rounded, and so is each of its parts.
        self._slack = 0.5 if self._estabs.startswith("annual_avg_") else 0.0
        self._waiting: list[pl.DataFrame] = []
        self._groups: list[AreaPeriod] = []
        self._faults: list[str] = []
        self._unsaid = self._over = 0
        self._seen: set[str] = set()
        self._is_scattered = False
        self._excerpts = _Excerpts()

    def add(self, frame: pl.DataFrame) -> None:
        """Take note of rows in the order of the file.

        Raises
        ------
        DataFileError
            Withheld rows have lost their N.
        """
        self.rows += frame.height
        nothing = (pl.col(n) == 0 for n in (*jobs_of(self.table), wages_of(self.table)))
        without_n = ((pl.col(self._estabs) > 0) & pl.all_horizontal(*nothing)).fill_null(False)
        key = [n for n in self.table.key if n != "agglvl_code"]
        self._waiting.append(frame.select(*key, self._estabs, without_n=without_n))
        if sum(waiting.height for waiting in self._waiting) >= BATCH_ROWS:
            rows = pl.concat(self._waiting)
            areas = rows["area_fips"].to_physical().to_numpy()
            others = np.flatnonzero(areas != areas[-1])
            cut = int(others[-1]) + 1 if len(others) else 0  # the last area may go on
            self._look(rows[:cut])
            self._waiting = [rows[cut:]]

    def strays(self) -> list[AreaPeriod]:
        """Return the areas and periods of which a few rows stand in a file of others.

        Raises
        ------
        DataFileError
            Withheld rows have lost their N.
        """
        if self._waiting:
            self._look(pl.concat(self._waiting))
            self._waiting = []
        if self._is_scattered:
            return []
        most = min(MOST_ROWS, MOST_SHARE * self.rows)
        found = [g for g in self._groups if not g.has_total and g.rows <= most]
        is_whole = sum(g.rows for g in self._groups if g.has_total) > self.rows / 2
        few = is_whole and sum(g.rows for g in found) <= most
        return found if few else []

    def covered(self, strays: list[AreaPeriod]) -> tuple[set[str], set[int]]:
        """Return the areas and the years that it holds besides the strays, if they are known."""
        groups = [g for g in self._groups if g not in strays and not self._is_scattered]
        return {g.area for g in groups}, {g.year for g in groups}

    def remarks(self, strays: list[AreaPeriod], *, left_out: bool) -> list[str]:
        """Say what the file lacks, and where it does not add up.

        Parameters
        ----------
        left_out : bool
            Whether the strays could be.

        Raises
        ------
        DataFileError
            Parts are more than their wholes in many places.
        """
        if self._is_scattered:
            return []
        groups = [g for g in self._groups if g not in strays]
        families = sum(g.families for g in groups)
        if self._over > max(FEW_FAMILIES, FEW_SHARE * families):
            raise DataFileError(
                f"it does not add up: {self._over:,} of its rows have fewer places of business "
                f"than their parts, and {self._faults[0]}; {REMEDY}",
                file=self.label,
            )
        excerpts = [g for g in groups if g.is_excerpt and self._has_all_levels]
        said = [self._said_of(excerpts, len(groups))] if excerpts else []
        became = "left out as unknown" if left_out else "taken in and doubtful"
        said += [
            f"{became}: {count(stray.rows, 'row')} of {stray}, alone in a file of others"
            for stray in strays
        ]
        more = [f"{self._unsaid:,} more sums do not hold"] if self._unsaid else []
        return said + self._faults + more

    def _said_of(self, excerpts: list[AreaPeriod], n_groups: int) -> str:
        places = sorted({group.area for group in excerpts})
        where = places[0] if len(places) == 1 else count(len(places), "area")
        if len(excerpts) == 1:
            where = str(excerpts[0])
        cut = ", or cut off" if any(group.has_total for group in excerpts) else ""
        owners = self._excerpts.owners
        alone = f", own_code {min(owners)} alone" if len(owners) == 1 else ""
        n_whole = n_groups - len(excerpts)
        whole = f"; {n_whole:,} others are whole" if n_whole else ""
        return (
            f"an excerpt{cut}: {count(len(self._excerpts.industries), 'industry')} of {where}"
            f"{alone}{whole}"
        )

    def _look(self, rows: pl.DataFrame) -> None:
        """Hold a batch of whole areas to their sums."""
        by_size = rows["size_code"] != "0"
        if by_size.any():
            rows = rows.filter(~by_size)
        if rows.is_empty() or self._is_scattered:
            return
        areas, owners, industries = (Coded(rows[n]) for n in self.table.key[:3])
        group, names = _groups(areas, rows["year"].to_numpy(), Coded(rows["qtr"]))
        again = self._seen.intersection(areas.values)
        self._seen.update(areas.values)
        if again or len(names) * len(owners.values) * len(industries.values) > MOST_CELLS:
            self._is_scattered = True
            return
        estabs = rows[self._estabs].to_numpy()
        of_owners = 0.0 if self._has_all_levels else OWNERS_LEFT
        faults = faults_of(group, owners, industries, estabs, self._slack, of_owners)
        if not self._has_all_levels:
            faults = replace(
                faults,
                is_family=faults.is_family & ~faults.childless,
                short=faults.short & ~faults.childless,
                orphan=np.zeros(len(estabs), dtype=bool),
            )
        lacking = faults.short | faults.orphan
        is_total = (rows["own_code"] == "0") & (rows["industry_code"] == naics.TOTAL)

        def number(of: Bools) -> list[int]:
            return np.bincount(group[of], minlength=len(names)).tolist()

        counted = (
            np.bincount(group).tolist(), number(faults.is_family), number(lacking),
            [total > 0 for total in number(is_total.to_numpy())],
        )  # fmt: skip
        found = [
            AreaPeriod(*named, *counts) for named, *counts in zip(names, *counted, strict=True)
        ]
        self._refuse_without_n(found, number(rows["without_n"].to_numpy()))
        self._groups += found
        is_excerpt = np.array([g.is_excerpt for g in found])[group]
        self._excerpts.add(is_excerpt, owners, industries)
        self._over += int(faults.over.sum())
        self._name(rows, faults, is_excerpt)

    def _refuse_without_n(self, groups: list[AreaPeriod], without_n: list[int]) -> None:
        for group, n in zip(groups, without_n, strict=True):
            if group.rows >= FEWEST_ROWS and n > WITHOUT_N * group.rows:
                raise DataFileError(
                    f"{n:,} of {group.rows:,} rows of {group} have places of business, no jobs, no "
                    f"wages and no N, so what is withheld has lost its N; {REMEDY}",
                    file=self.label,
                )

    def _name(self, rows: pl.DataFrame, faults: Faults, is_excerpt: Bools) -> None:
        """Put into words where sums do not hold, but for what an excerpt lacks."""
        odd = faults.over | (~is_excerpt & (faults.short | faults.orphan))
        for i in np.flatnonzero(odd):
            if len(self._faults) >= MOST_ROWS:
                self._unsaid += 1
                continue
            row = rows.row(int(i), named=True)
            cell, estabs = named(row), f"{row[self._estabs]:,} places of business"
            if faults.over[i]:
                self._faults.append(f"{cell} has {estabs}, and its parts have more")
            elif faults.short[i]:
                self._faults.append(
                    f"{cell} has {estabs} and its parts have fewer, so a row is missing or wrong"
                )
            else:
                self._faults.append(f"{cell} is there and what it is part of is not")


def without(frame: pl.DataFrame, strays: list[AreaPeriod]) -> pl.DataFrame:
    """Return the rows of other areas and periods than these."""
    for stray in strays:
        is_stray = (
            (pl.col("area_fips") == stray.area)
            & (pl.col("year") == stray.year)
            & (pl.col("qtr") == stray.qtr)
        )
        frame = frame.filter(~is_stray)
    return frame
