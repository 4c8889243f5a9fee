"""A region's slice of its state's tables: all that a profile page reads."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pandas as pd

from lmi import codes
from lmi.assessment.basis import NationBasis, citation, pandemic_note, vintages_note
from lmi.assessment.context import Context
from lmi.assessment.opening import OpenedRegion, open_region
from lmi.assessment.outlines import map_names
from lmi.assessment.region import Assessment
from lmi.assessment.state_tables import StateTables
from lmi.config import Asked
from lmi.errors import StoreError
from lmi.missing import Missing
from lmi.report.display import Keeping
from lmi.schema.measures import STANDS_IN
from lmi.words import Row, holds, is_known, records

if TYPE_CHECKING:
    import geopandas as gpd

    from lmi.config import Candidate, StateConfig

__all__ = ["Profile", "load_profile", "open_profile", "profile_without_map", "with_growth"]

GROWTH = (
    "emplvl_chg", "emplvl_pct_chg", "emplvl_cagr", "national_growth", "industry_mix",
    "competitive_share",
)  # fmt: skip
NOTHING_ASKED = Asked(())


@dataclass(frozen=True, eq=False, kw_only=True)
class Profile(Keeping, Assessment):
    """One region of a state, ready to be shown: its assessment, and what stands around it.

    Parameters
    ----------
    total : mapping
        The region's row of the `regions` table.
    state_total : mapping
        The state's published total, as the region's row; empty where the store lacks it.
    industries, county_jobs, growth, quarters, jumps, bases, trend : DataFrame
        Slices of the state's tables; `trend` and `quarters` hold the places that the region is
        compared with too, told apart by `place`.
    setting : Context
        Residents, labor force and commuting.
    meta : mapping
        Sources, breaks and notes of the state's tables.
    counties : GeoDataFrame or Missing
        County boundaries of the region's states.
    out : Path, optional
        Where figures and tables are saved as they are made; nothing is saved without it.

    Notes
    -----
    The largest candidate comes first.
    """

    state: StateConfig
    total: Row
    state_total: Row
    industries: pd.DataFrame
    county_jobs: pd.DataFrame
    growth: pd.DataFrame
    quarters: pd.DataFrame
    jumps: pd.DataFrame
    bases: pd.DataFrame
    trend: pd.DataFrame
    setting: Context
    meta: Mapping[str, Any]
    counties: gpd.GeoDataFrame | Missing
    out: Path | None = None

    @property
    def source(self) -> str:
        """The citation of the levels."""
        return citation(f"{self.year} {self._made(self.year)}", self.illustrative, self.staff)

    @property
    def growth_source(self) -> str:
        """The citation of changes over time."""
        if self.base_year is None or not self.has_growth:
            return self.source
        how = (
            "from the agency's own over-the-year changes"
            if self._made_of(self.base_year) == "over-the-year"
            else "from the levels of both years"
        )
        notes = [
            f"Change from {self.base_year} to {self.year} {how}.",
            vintages_note([self.base_year, self.year]),
            pandemic_note([self.base_year], self.year),
        ]
        return " ".join([self.source, *filter(None, notes)])

    @property
    def county_names(self) -> dict[str, str]:
        """What counties are called, by code, where there is a map."""
        return map_names(self.counties)

    def county_name(self, area_fips: str) -> str:
        """Name a county: by the map, with its state where that is not the region's."""
        if area_fips[:2] == "XX":
            return "another country"
        if area_fips[:2] not in self.region.state_fips:
            return codes.area_title(area_fips)
        return self.county_names.get(area_fips) or codes.county_name(area_fips)

    @property
    def has_growth(self) -> bool:
        """Whether any change in jobs is known."""
        known = self.candidates["emplvl_pct_chg"].notna().any()
        return bool(known or pd.notna(self.total["emplvl_pct_chg"]))

    @property
    def standard(self) -> str:
        """What the pay threshold is called; empty where there is none, or one that stands in."""
        source = self.total.get("threshold_source")
        return str(source) if is_known(source) and not holds(self.total, STANDS_IN) else ""

    @property
    def stand_in(self) -> str:
        """What the pay threshold is made of where nobody gave a standard; else empty."""
        source = self.total.get("threshold_source")
        stands_in = is_known(source) and holds(self.total, STANDS_IN)
        return str(source).partition(", ")[0] if stands_in else ""

    def trend_source(self, first: int) -> str:
        """Cite a run of years, by the first of them."""
        years = f"{first} to {self.year}, annual averages"
        return citation(years, self.illustrative, self.staff)

    @property
    def nation(self) -> NationBasis:
        """What comparisons with the nation rest on."""
        return NationBasis(**self.meta.get("nation", {}))

    @property
    def whole_source(self) -> str:
        """The citation of levels, changes and quotients together."""
        return f"{self.growth_source} {self.nation.note}".strip()

    def _made_of(self, year: int) -> str:
        return str(self.meta.get("made_of", {}).get(str(year), ""))

    def _made(self, year: int) -> str:
        if self._made_of(year) == "quarters":
            return "annual average computed from four quarters"
        return "annual average"


def load_profile(
    region: str, year: int | None = None, tables: str | Path = "", out: str | Path = ""
) -> Profile:
    """Open the profile of a region: find its definition, its state's tables and the map.

    Parameters
    ----------
    region : str
        ``STATE/REGION``, or ``REGION`` where only one state has it.
    year : int, optional
        Year of the levels; the newest in the store where not given.
    tables : path-like, optional
        Folder of the state's tables, as `StateTables.save` writes them; without it they are
        computed from the store.
    out : path-like, optional
        Folder that figures and tables are saved to; without it nothing is saved.

    Raises
    ------
    ConfigError
        There is no such region.
    StoreError
        The folder does not hold the state's tables, or the store lacks the data.
    """
    opened = open_region(region)
    computed = StateTables.load(tables) if tables else opened.analyse(year)
    counties = opened.store.boundaries(
        "county", opened.region.state_fips, int(computed.meta["year"])
    )
    return open_profile(
        computed,
        opened.region.key,
        opened.state,
        counties,
        out=out or None,
        definitions=opened.candidates,
        asked=opened.asked,
    )


def open_profile(
    tables: StateTables,
    region: str,
    state: StateConfig,
    counties: gpd.GeoDataFrame | Missing,
    out: str | Path | None = None,
    *,
    definitions: Sequence[Candidate] = (),
    asked: Asked = NOTHING_ASKED,
) -> Profile:
    """Cut a region's slice out of its state's tables.

    Parameters
    ----------
    region : str
        The region's key, with or without the state before it ("lane", "oregon/lane").
    counties : GeoDataFrame or Missing
        County boundaries as the store gives them (`area_fips`, `name`, `geometry`).
    out : path-like, optional
        Folder that figures and tables are saved to.

    Raises
    ------
    StoreError
        The tables hold no such region.
    """
    key = region.rpartition("/")[2]
    totals = records(with_growth(tables.regions[tables.regions["region"] == key]))
    if len(totals) != 1:
        raise StoreError(_why_absent(tables, key, state.slug))
    (total,) = totals
    year, base = int(tables.meta["year"]), tables.meta.get("base_year")
    threshold: Any = total.get("threshold_annual_wage")
    return Profile(
        state=state,
        state_name=str(tables.meta.get("state_name") or state.name),
        illustrative=bool(tables.meta.get("illustrative")),
        staff=bool(tables.meta.get("staff")),
        region=state.region(key),
        year=year,
        base_year=None if base is None or pd.isna(base) or int(base) == year else int(base),
        definitions=tuple(definitions),
        asked=asked,
        candidates=_candidates(tables, key),
        scores=_slice(tables.scores, key),
        robustness=_slice(tables.robustness, key),
        weights=_slice(tables.weights, key),
        engagement=_slice(tables.engagement, key),
        knowledge=_slice(tables.knowledge, key),
        readiness=_slice(tables.readiness, key),
        uncovered=_slice(tables.uncovered, key),
        growth=_slice(tables.growth, key),
        county_jobs=with_growth(_slice(tables.counties, key)),
        quarters=_slice(tables.quarters, key),
        jumps=_slice(tables.jumps, key),
        bases=_slice(tables.bases, key),
        trend=_slice(tables.trend, key),
        setting=Context(_slice(tables.context, key), state.region(key).counties),
        threshold=float(threshold) if is_known(threshold) else float("nan"),
        total=total,
        state_total=tables.published_total,
        industries=with_growth(_slice(tables.industries, key)),
        meta=tables.meta,
        counties=counties,
        out=Path(out) if out else None,
    )


def profile_without_map(opened: OpenedRegion, tables: StateTables) -> Profile:
    """Cut a region's slice out of its state's tables, for what shows no map."""
    return open_profile(
        tables,
        opened.region.key,
        opened.state,
        Missing("a map", "a workbook has none", "open the profile"),
        definitions=opened.candidates,
        asked=opened.asked,
    )


def _why_absent(tables: StateTables, key: str, slug: str) -> str:
    reason = tables.meta.get("failed", {}).get(key)
    if reason:
        return str(reason)
    known = ", ".join(sorted(tables.regions["region"])) or "none"
    return (
        f"the tables of {slug!r} hold no region {key!r}; name one of those they hold ({known}) "
        "or compute the state's tables again."
    )


def _candidates(tables: StateTables, key: str) -> pd.DataFrame:
    ranking = _slice(tables.ranking, key).drop(columns="region")
    merged = _slice(tables.candidates, key).merge(
        ranking, on="candidate", how="left", validate="1:1"
    )
    ordered = merged.sort_values(["annual_avg_emplvl", "candidate"], ascending=[False, True])
    # In one piece: each of its near two hundred columns by itself makes every slice slower.
    return with_growth(ordered.reset_index(drop=True)).copy()


def with_growth(frame: pd.DataFrame) -> pd.DataFrame:
    """Add the columns of change where the data at hand have but one year."""
    absent = [name for name in GROWTH if name not in frame]
    added = frame.assign(**dict.fromkeys(absent, float("nan")))
    is_break = added["is_break"].fillna(False).astype(bool) if "is_break" in added else False
    return added.assign(is_break=is_break)


def _slice(frame: pd.DataFrame, key: str) -> pd.DataFrame:
    return frame[frame["region"] == key].reset_index(drop=True)
