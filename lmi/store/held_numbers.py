"""What a store answers with of people and jobs, as far as other tables are held to it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import polars as pl

from lmi import naics
from lmi.schema import QCEW_TABLES, Table
from lmi.schema.qcew import estabs_of, jobs_of, wages_of
from lmi.store.catalogue import Catalogue

__all__ = ["TOTALS", "HeldNumbers", "totals_in"]

TOTALS = {"area_fips": pl.String(), "year": pl.Int64(), "number": pl.Float64()}
"""A number of an area and year."""
_NUMBERS = dict.fromkeys(("year", "jobs", "change", "wages", "estabs"), pl.Int64())
_NO_TOTALS = pl.DataFrame(schema={"area_fips": pl.String(), "qtr": pl.String(), **_NUMBERS})


@dataclass(frozen=True)
class HeldNumbers:
    """What a store answers with, as far as others are compared with it.

    Parameters
    ----------
    waiting : mapping of str to sequence of pathlib.Path
        Staged files of QCEW's partitions that are to be committed.
    known : dict
        The totals of partitions as they were asked for before, and of which files.
    """

    root: Path
    catalogue: Catalogue
    waiting: Mapping[str, Sequence[Path]] = field(default_factory=dict)
    known: dict[str, tuple[list[Path], pl.DataFrame]] = field(default_factory=dict)

    def table(self, name: str) -> pl.DataFrame | None:
        """Return the rows of a table that is stored whole."""
        held = self.catalogue.partitions.get(f"{name}/all")
        return None if held is None else pl.read_parquet(self.root / held.current)

    def jobs(self, states: set[str], years: set[int]) -> pl.DataFrame:
        """Return the jobs that QCEW counts in each area and year: of the year, or its quarters."""
        none = pl.DataFrame(schema=TOTALS)
        annual, quarterly = (
            pl.concat([none, *self._totals(spec, states, years)]) for spec in QCEW_TABLES
        )
        return pl.concat([annual, quarterly.join(annual, on=["area_fips", "year"], how="anti")])

    def qcew_totals(self, spec: Table, name: str) -> pl.DataFrame:
        """Return the totals of all areas of a state and year, those that wait too."""
        partition = f"{spec.name}/{name}"
        held = self.catalogue.partitions.get(partition)
        files = [] if held is None else [self.root / held.current]
        files += self.waiting.get(partition, ())
        read, totals = self.known.get(partition, ([], _NO_TOTALS))
        if read != files[: len(read)]:  # what waited was committed
            read, totals = [], _NO_TOTALS
        if len(read) < len(files):
            newer = (totals_in([file], spec) for file in files[len(read) :])
            totals = pl.concat([totals, *newer]).unique(["area_fips", "qtr"], keep="last")
            self.known[partition] = (files, totals)
        return totals

    def _totals(self, spec: Table, states: set[str], years: set[int]) -> Iterator[pl.DataFrame]:
        is_total = (pl.col("own_code") == "0") & (pl.col("industry_code") == naics.TOTAL)
        for name, partition in self.catalogue.of_table(spec.name).items():
            state, year = (part.partition("=")[2] for part in name.split("/"))
            if state in states and int(year) in years:
                file = self.root / self.catalogue.partitions[partition].current
                rows = pl.scan_parquet(file).filter(is_total & (pl.col("size_code") == "0"))
                mean = pl.mean_horizontal(jobs_of(spec)).mean().alias("number")
                yield rows.group_by("area_fips", "year").agg(mean).collect().cast(TOTALS)  # type: ignore[arg-type]

    def named(self, source_id: int) -> str:
        """Return how a sentence names a source."""
        names = {s.source_id: s.name for s in self.catalogue.sources}
        return f"{names.get(source_id, 'the store')} (source {source_id})"


def totals_in(files: Sequence[Path], spec: Table) -> pl.DataFrame:
    """Return what QCEW files have of all industries and owners of each area and period.

    Returns
    -------
    polars.DataFrame
        ``area_fips``, ``qtr``, ``year``, ``jobs`` (of a quarter's last month) and their ``change``
        over the year, ``wages`` in dollars, ``estabs``.
    """
    jobs = jobs_of(spec)[-1]
    is_total = (pl.col("own_code") == "0") & (pl.col("industry_code") == naics.TOTAL)
    return (
        pl.scan_parquet([*files])
        .filter(is_total & (pl.col("size_code") == "0"))
        .select(
            "area_fips",
            "qtr",
            "year",
            jobs=pl.col(jobs),
            change=pl.col(f"oty_{jobs}_chg"),
            wages=pl.col(wages_of(spec)),
            estabs=pl.col(estabs_of(spec)),
        )
        .collect()
    )
