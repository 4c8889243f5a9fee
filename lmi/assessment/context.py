"""The context of a region's jobs: who lives there, who works, who comes in and who goes out."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

import pandas as pd

from lmi import codes
from lmi.analysis.county_flows import Containment, Flow, Share
from lmi.assessment.context_table import FLOWS
from lmi.words import is_known, records

__all__ = ["SURVEY", "Commuting", "Context", "Flow", "Level", "Share"]

REGION = "region"
SURVEY = "commuting_survey"
COUNTED = {"commuting": "main jobs", "commuting_all_jobs": "jobs", SURVEY: "workers"}
SPANS = (1, 5, 10)


class Level(NamedTuple):
    """A number of a place in a year, and the counties that it is not of."""

    value: float
    year: int
    of_counties: int
    lacking: tuple[str, ...]

    @property
    def is_whole(self) -> bool:
        """Whether all counties of the place are in it."""
        return not self.lacking


class Change(NamedTuple):
    """A change between two years of which all counties are there, in percent."""

    year0: int
    year: int
    pct: float


@dataclass(frozen=True, kw_only=True)
class Commuting(Containment):
    """Who works in a region and who lives there, from one table in one year.

    Parameters
    ----------
    table : {"commuting", "commuting_all_jobs", "commuting_survey"}
    origins, destinations : tuple of Flow
        The counties at the other end, the largest first.
    limits : str
        What the file cannot tell, in sentences.
    """

    table: str
    year: int
    origins: tuple[Flow, ...]
    destinations: tuple[Flow, ...]
    limits: str

    @property
    def counts(self) -> str:
        """What it counts: main jobs, jobs or workers."""
        return COUNTED[self.table]

    @property
    def years(self) -> str:
        """Of which year it is, or of which five where it is a survey's."""
        return f"{self.year - 4} to {self.year}" if self.table == SURVEY else str(self.year)


@dataclass(frozen=True, eq=False)
class Context:
    """What is known of the people around a region's jobs."""

    rows: pd.DataFrame
    counties: tuple[str, ...]

    def holds(self, table: str) -> bool:
        """Whether a table has anything of the region."""
        own = self.rows[(self.rows["table"] == table) & (self.rows["place"] == REGION)]
        return not own.empty

    def path(self, measure: str, place: str = REGION) -> pd.Series:
        """Return a measure by year, of the years that have all counties of the place."""
        rows = self._of(measure, place)
        whole = rows[rows["lacking"] == ""]
        return whole.set_index("year")["value"].sort_index()

    def newest(self, measure: str) -> Level | None:
        """Return the region's newest number of all its counties, else that of the most."""
        rows = self._of(measure, REGION)
        if rows.empty:
            return None
        whole = rows[rows["lacking"] == ""]
        chosen = rows[rows["n_counties"] == rows["n_counties"].max()] if whole.empty else whole
        row = chosen.sort_values("year").iloc[-1]
        lacking = tuple(str(row["lacking"]).split())
        return Level(float(row["value"]), int(row["year"]), int(row["of_counties"]), lacking)

    def changes(self, measure: str, place: str = REGION) -> tuple[Change, ...]:
        """Return the change up to the newest whole year of the region over 1, 5 and 10 years.

        In place of a span that is longer than what there is stands all there is.
        """
        own = self.path(measure)
        values = self.path(measure, place)
        if own.empty or own.index[-1] not in values.index:
            return ()
        last = int(own.index[-1])
        longest = last - int(own.index[0])
        found = []
        for span in sorted({min(span, longest) for span in SPANS} - {0}):
            first = last - span
            if first in values.index and values[first] and not self.breaks(measure, first, last):
                found.append(Change(first, last, 100 * float(values[last] / values[first] - 1)))
        return tuple(found)

    def breaks(self, measure: str, year0: int, year1: int) -> list[str]:
        """Say which changes of county codes or lines make the region another place."""
        if codes.nation_of(self.counties[0]) != codes.NATION:
            return []
        if measure == "population":
            return codes.area_break_reasons(self.counties, year0, year1, "acs")
        return codes.area_break_reasons(self.counties, year0, year1)

    @cached_property
    def commuting(self) -> tuple[Commuting, ...]:
        """Who commutes: by the count of main jobs, else of all, and by the survey."""
        jobs = self._commuting("commuting") or self._commuting("commuting_all_jobs")
        found = (jobs, self._commuting("commuting_survey"))
        return tuple(one for one in found if one is not None)

    @property
    def lacking_flows(self) -> tuple[str, ...]:
        """Counties without which no table's flows are the region's."""
        own = self.rows[self.rows["table"].isin(FLOWS)]
        return tuple(str(own["lacking"].iloc[0]).split()) if len(own) else ()

    def _commuting(self, table: str) -> Commuting | None:
        own = self.rows[(self.rows["table"] == table) & (self.rows["lacking"] == "")]
        if own.empty:
            return None
        flows = {
            str(name): tuple(
                Flow(float(row["value"]), float(row["margin_of_error"]), str(row["area_fips"]))
                for row in records(rows)
            )
            for name, rows in own.groupby("measure")
        }
        totals = {n: next(f for f in found if not f.area_fips) for n, found in flows.items()}
        ends = {n: tuple(f for f in found if f.area_fips) for n, found in flows.items()}
        return Commuting(
            table=table, year=int(own["year"].iloc[0]), stay=totals["stay"],
            comes_in=totals["in"], goes_out=totals["out"], works=totals["work"],
            lives=totals["home"], origins=ends["in"], destinations=ends["out"],
            limits=str(own["limits"].iloc[0]),
        )  # fmt: skip

    @cached_property
    def _known(self) -> dict[tuple[str, str], pd.DataFrame]:
        """The rows that have a value, by measure and place."""
        known = self.rows[self.rows["value"].map(is_known).astype(bool)]
        return {
            (str(measure), str(place)): rows
            for (measure, place), rows in known.groupby(["measure", "place"], sort=False)
        }

    def _of(self, measure: str, place: str) -> pd.DataFrame:
        return self._known.get((measure, place), self.rows.iloc[:0])
