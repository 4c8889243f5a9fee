"""A state as its summary reads it: its tables, its definitions, its map, its folder of profiles."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pandas as pd

from lmi import words
from lmi.assessment.adding_up import regions_frame
from lmi.assessment.apart import LEVELS, apart_of, in_groups
from lmi.assessment.basis import citation, pandemic_note, vintages_note
from lmi.assessment.context import Context
from lmi.assessment.opening import open_state
from lmi.assessment.outlines import map_names
from lmi.assessment.state_tables import StateTables
from lmi.config import Region, SetAside, StateConfig
from lmi.missing import Missing
from lmi.report.display import Keeping
from lmi.report.profile import with_growth
from lmi.report.state_map import StateMap, lay_out
from lmi.scoring.rank import FIRST_THREE
from lmi.words import Row, records

if TYPE_CHECKING:
    import geopandas as gpd

__all__ = ["Summary", "leads", "load"]


@dataclass(frozen=True, eq=False, kw_only=True)
class Summary(Keeping):
    """A state's regions, ready to be shown side by side.

    Parameters
    ----------
    set_aside : mapping of str to SetAside
        By region, the reasons for which a candidate is not ranked.
    counties : GeoDataFrame or Missing
        County boundaries of the regions' states.
    failed : mapping of str to str, optional
        Why a region has no profile, by its key.
    out : Path, optional
        The state's folder of outputs, where the regions' profiles are and tables are saved.
    follow : tuple of str
        Files of that folder that are made of the page, and so after it.
    """

    tables: StateTables
    state: StateConfig
    set_aside: Mapping[str, SetAside]
    counties: gpd.GeoDataFrame | Missing
    failed: Mapping[str, str] = field(default_factory=dict)
    out: Path | None = None
    follow: tuple[str, ...] = ()
    staff: bool = False

    @property
    def year(self) -> int:
        """Year of the levels."""
        return int(self.tables.meta["year"])

    @property
    def base_year(self) -> int | None:
        """Year that growth is measured from; None where there is none."""
        base = self.tables.meta["base_year"]
        return int(base) if words.is_known(base) and int(base) < self.year else None

    @property
    def span(self) -> str:
        """The years that growth is measured over; empty where there is but one."""
        return f"{self.base_year}\u2060–\u2060{self.year}" if self.base_year else ""

    @property
    def source(self) -> str:
        """The citation of levels and changes."""
        illustrative = bool(self.tables.meta.get("illustrative"))
        cited = citation(f"{self.year} annual average", illustrative, self.staff)
        if self.base_year is None:
            return cited
        pandemic = pandemic_note([self.base_year], self.year)
        notes = [cited, f"Change from {self.base_year} to {self.year}.",
                 vintages_note([self.base_year, self.year]), pandemic]  # fmt: skip
        return " ".join(filter(None, notes))

    @property
    def against_nation(self) -> str:
        """The citation of quotients."""
        return f"{self.source} {self.tables.meta.get('nation', {}).get('note', '')}".strip()

    @cached_property
    def numbers(self) -> dict[str, int]:
        """The regions' numbers on maps and in tables."""
        return {region.key: n for n, region in enumerate(self.state.regions, start=1)}

    @cached_property
    def unmeasured(self) -> dict[str, str]:
        """Why a region has no numbers, by its key; one of these is never counted among others."""
        told = self.tables.meta["failed"]
        return {r.key: str(told[r.key]) for r in self.state.regions if r.key in told}

    @property
    def of_regions(self) -> str:
        """How many regions have numbers, as an "of" is followed by it."""
        n = len(self.state.regions) - len(self.unmeasured)
        return f"{n} measured regions" if self.unmeasured else words.count(n, "region")

    @property
    def unmeasured_note(self) -> str:
        """Name the regions without numbers and why; empty where there are none."""
        said = [f"{self.state.region(key).name} ({why.rstrip('.')})"
                for key, why in self.unmeasured.items()]  # fmt: skip
        return f" Not measured: {'; '.join(said)}." if said else ""

    @cached_property
    def beside(self) -> pd.DataFrame:
        """The regions, what lies in none of them, the state and the nation."""
        return with_growth(regions_frame(self.tables, self.state.name))

    @cached_property
    def names(self) -> dict[str, str]:
        """Names of the candidates by key."""
        table = self.tables.candidates.drop_duplicates("candidate")
        return dict(zip(table["candidate"], table["candidate_name"], strict=True))

    @cached_property
    def leading(self) -> dict[str, list[str]]:
        """The regions where a candidate is among the first three, by candidate, the often first."""
        ranked = [row for row in records(self.tables.ranking) if leads(row)]
        where = {
            key: [r.key for r in self.state.regions
                  if any(row["candidate"] == key and row["region"] == r.key for row in ranked)]
            for key in {str(row["candidate"]) for row in ranked}
        }  # fmt: skip
        order = sorted(where, key=lambda key: (-len(where[key]), self.names[key]))
        return {key: where[key] for key in order}

    def ranked(self, region: str) -> list[Row]:
        """Return the candidates of a region in the order that its profile has."""
        table = self.tables.ranking[self.tables.ranking["region"] == region]
        named = table.assign(candidate_name=table["candidate"].map(self.names))
        return records(in_groups(named, self.set_aside[region]))

    def apart(self, region: str) -> dict[str, list[str]]:
        """Return who is set aside in a region, by the reason.

        Levels of a candidate that another is counted by are left out: nearly everywhere they are.
        """
        named = pd.DataFrame(self.ranked(region))
        found = apart_of(named, self.set_aside[region]) if len(named) else []
        return {one.name: one.names for one in found if one.key not in LEVELS}

    def setting(self, region: Region) -> Context:
        """Return what is known of the people around a region's jobs."""
        rows = self.tables.context
        return Context(rows[rows["region"] == region.key], region.counties)

    @cached_property
    def map(self) -> StateMap | None:
        """The counties as they are drawn; None without boundaries."""
        return lay_out(self.counties, self.state.regions)

    @cached_property
    def outlines(self) -> dict[str, Any]:
        """The regions' outlines as they are drawn, by key."""
        return self.map.outlines(self.state.regions) if self.map else {}

    @cached_property
    def county_names(self) -> dict[str, str]:
        """What counties are called, by code, where there is a map."""
        return map_names(self.counties)


def leads(row: Row) -> bool:
    """Tell whether a candidate is among the first three, those that are level included.

    Examples
    --------
    >>> leads({"rank": 3}), leads({"rank": 4}), leads({"rank": None})
    (True, False, False)
    """
    rank: Any = row["rank"]
    return words.is_known(rank) and rank <= FIRST_THREE


def load(
    state: str,
    year: int | None = None,
    tables: str | Path = "",
    out: str | Path = "",
    failed: Mapping[str, str] | None = None,
    follow: Sequence[str] = (),
) -> Summary:
    """Open the summary of a state: its definitions, its tables and the map.

    Parameters
    ----------
    state : str
        Name of the state's folder in ``regions/``.
    year : int, optional
        Year of the levels; the newest in the store where not given.
    tables : path-like, optional
        Folder of the state's tables, as `StateTables.save` writes them; without it they are
        computed from the store.
    out : path-like, optional
        The state's folder of outputs: profiles that are there are linked, and tables are saved.
    failed : mapping of str to str, optional
        Why a region has no profile, by its key.
    follow : sequence of str, optional
        Files of the folder that are made of the page, and are linked before they are there.

    Raises
    ------
    ConfigError
        There is no such state.
    StoreError
        The folder does not hold the state's tables, or the store lacks the data.
    """
    opened = open_state(state)
    found = StateTables.load(tables) if tables else opened.analyse(year)
    states = {code for region in opened.state.regions for code in region.state_fips}
    return Summary(
        tables=found,
        state=opened.state,
        set_aside={r.key: opened.asked_of(r.key).set_aside for r in opened.state.regions},
        counties=opened.store.boundaries("county", states, int(found.meta["year"])),
        failed={**found.meta.get("failed", {}), **(failed or {})},
        out=Path(out) if out else None,
        follow=tuple(follow),
        staff=bool(found.meta.get("staff")),
    )
