"""A region's slice of its state's tables: all that a profile page reads."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import pandas as pd

from lmi.analysis.tables import StateTables
from lmi.errors import StoreError
from lmi.missing import Missing
from lmi.report.display import Figure, Table
from lmi.words import Row, records

if TYPE_CHECKING:
    import geopandas as gpd

    from lmi.config.models import Candidate, Criterion, NamedScreen, Region, StateConfig

__all__ = ["Profile", "open_profile"]

GROWTH = (
    "emplvl_chg", "emplvl_pct_chg", "emplvl_cagr", "national_growth", "industry_mix",
    "competitive_share",
)  # fmt: skip
SLICES = (
    "growth", "trend", "scores", "robustness", "weights", "engagement", "knowledge", "readiness",
)  # fmt: skip
Saved = TypeVar("Saved", Figure, Table)


@dataclass(frozen=True, eq=False)
class Profile:
    """One region of a state, ready to be shown.

    Parameters
    ----------
    state : StateConfig
    region : Region
        The definition: name and counties.
    total : mapping
        The region's row of the `regions` table.
    candidates : DataFrame, one row a candidate
        Measures with the ranking's columns beside them, the largest candidate first.
    industries, growth, trend, scores : DataFrame
        Slices of the state's tables; `trend` holds the places that the region is compared with
        too, told apart by `place`.
    robustness, weights : DataFrame
        Slices too: the chance of every rank, and what each criterion counts for here.
    engagement, knowledge, readiness : DataFrame
        What people bring on this region; no rows where nobody brought anything.
    meta : mapping
        Year, base year, sources, breaks and notes of the state's tables.
    counties : GeoDataFrame or Missing
        County boundaries of the region's states.
    out : Path, optional
        Where figures and tables are saved as they are made; nothing is saved without it.
    definitions : sequence of Candidate, optional
        The working definitions behind the candidates.
    criteria : sequence of Criterion, optional
        The criteria behind the score.
    screens : sequence of NamedScreen, optional
        Lines of the state's own that stand beside the score.
    """

    state: StateConfig
    region: Region
    total: Row
    candidates: pd.DataFrame
    industries: pd.DataFrame
    growth: pd.DataFrame
    trend: pd.DataFrame
    scores: pd.DataFrame
    robustness: pd.DataFrame
    weights: pd.DataFrame
    engagement: pd.DataFrame
    knowledge: pd.DataFrame
    readiness: pd.DataFrame
    meta: Mapping[str, Any]
    counties: gpd.GeoDataFrame | Missing
    out: Path | None = None
    definitions: Sequence[Candidate] = field(default_factory=tuple)
    criteria: Sequence[Criterion] = field(default_factory=tuple)
    screens: Sequence[NamedScreen] = field(default_factory=tuple)

    @property
    def name(self) -> str:
        """The region's name."""
        return str(self.region.name)

    @property
    def state_name(self) -> str:
        """The state's name as a sentence uses it."""
        return str(self.meta.get("state_name") or self.state.name)

    @property
    def year(self) -> int:
        """The year that the levels are of."""
        return int(self.meta["year"])

    @property
    def base_year(self) -> int | None:
        """The year that growth is measured from, where there is one."""
        base = self.meta.get("base_year")
        return None if base is None or pd.isna(base) or int(base) == self.year else int(base)

    @property
    def span(self) -> str:
        """The years that growth is measured over, as words."""
        return f"{self.base_year} to {self.year}" if self.base_year else f"up to {self.year}"

    @property
    def illustrative(self) -> bool:
        """Whether the numbers are made up to show what a profile looks like."""
        return bool(self.meta.get("illustrative"))

    @property
    def present(self) -> pd.DataFrame:
        """The candidates, without those that are known to have no jobs here."""
        here = self.candidates["annual_avg_emplvl"] != 0
        return self.candidates[here].reset_index(drop=True)

    @property
    def absent(self) -> list[str]:
        """Names of the candidates that are known to have no jobs here."""
        none = self.candidates["annual_avg_emplvl"] == 0
        return sorted(self.candidates.loc[none, "candidate_name"])

    @property
    def rows(self) -> list[Row]:
        """The candidates present as mappings, the largest first."""
        return records(self.present)

    @property
    def source(self) -> str:
        """The citation of the levels."""
        return self._cited(f"{self.year} {self._made(self.year)}")

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
        return f"{self.source} Change from {self.base_year} to {self.year} {how}."

    @property
    def has_growth(self) -> bool:
        """Whether any change in jobs is known."""
        known = self.candidates["emplvl_pct_chg"].notna().any()
        return bool(known or pd.notna(self.total["emplvl_pct_chg"]))

    def trend_source(self, first: int) -> str:
        """Cite a run of years.

        Parameters
        ----------
        first : int
            The first of them.

        Returns
        -------
        str
        """
        return self._cited(f"{first} to {self.year}, annual averages")

    def _made_of(self, year: int) -> str:
        return str(self.meta.get("made_of", {}).get(str(year), ""))

    def _made(self, year: int) -> str:
        if self._made_of(year) == "quarters":
            return "annual average computed from four quarters"
        return "annual average"

    def _cited(self, what: str) -> str:
        if self.illustrative:
            return (
                "illustrative data in the layout of the Quarterly Census of Employment and "
                f"Wages (QCEW), {what}."
            )
        return (
            "U.S. Bureau of Labor Statistics, Quarterly Census of Employment and Wages (QCEW), "
            f"{what}; jobs by place of work."
        )

    @property
    def footer(self) -> str:
        """The line at the foot of every figure."""
        if self.illustrative:
            return f"ILLUSTRATIVE DATA, NOT A REAL PLACE  ·  {self.name}  ·  {self.year}"
        return f"{self.name}  ·  {self.year}  ·  Source: BLS\N{NO-BREAK SPACE}QCEW"

    @property
    def map_footer(self) -> str:
        """The line at the foot of a map."""
        if self.illustrative:
            return f"ILLUSTRATIVE DATA, NOT A REAL PLACE  ·  {self.name}"
        return f"{self.name}  ·  Boundaries: U.S. Census Bureau"

    def keep(self, thing: Saved) -> Saved:
        """Save a figure or a table where the profile has a folder, and hand it back.

        Parameters
        ----------
        thing : Figure or Table

        Returns
        -------
        Figure or Table
        """
        if self.out is not None:
            thing.save(self.out)
        return thing


def open_profile(
    tables: StateTables,
    region: str,
    state_config: StateConfig,
    counties_gdf: gpd.GeoDataFrame | Missing,
    out: str | Path | None = None,
    *,
    definitions: Sequence[Candidate] = (),
    criteria: Sequence[Criterion] = (),
    screens: Sequence[NamedScreen] = (),
) -> Profile:
    """Cut a region's slice out of its state's tables.

    Parameters
    ----------
    tables : StateTables
        The state's tables.
    region : str
        The region's key, with or without the state before it ("lane", "oregon/lane").
    state_config : StateConfig
    counties_gdf : GeoDataFrame or Missing
        County boundaries as the store gives them (`area_fips`, `name`, `geometry`).
    out : path-like, optional
        Folder that figures and tables are saved to.
    definitions : sequence of Candidate, optional
    criteria : sequence of Criterion, optional
    screens : sequence of NamedScreen, optional

    Returns
    -------
    Profile

    Raises
    ------
    StoreError
        The tables hold no such region.
    """
    key = region.rpartition("/")[2]
    totals = records(_with_growth(tables.regions[tables.regions["region"] == key]))
    if len(totals) != 1:
        raise StoreError(_why_absent(tables, key, state_config.slug))
    return Profile(
        state=state_config,
        region=state_config.region(key),
        total=totals[0],
        candidates=_candidates(tables, key),
        industries=_with_growth(_slice(tables.industries, key)),
        **{name: _slice(getattr(tables, name), key) for name in SLICES},
        meta=tables.meta,
        counties=counties_gdf,
        out=Path(out) if out else None,
        definitions=tuple(definitions),
        criteria=tuple(criteria),
        screens=tuple(screens),
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
    return _with_growth(ordered.reset_index(drop=True))


def _with_growth(frame: pd.DataFrame) -> pd.DataFrame:
    """Add the columns of change where the data at hand have but one year."""
    absent = [name for name in GROWTH if name not in frame]
    added = frame.assign(**dict.fromkeys(absent, float("nan")))
    is_break = added["is_break"].fillna(False).astype(bool) if "is_break" in added else False
    return added.assign(is_break=is_break)


def _slice(frame: pd.DataFrame, key: str) -> pd.DataFrame:
    return frame[frame["region"] == key].reset_index(drop=True)
