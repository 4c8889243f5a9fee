"""Compute a state: from the store and the definitions to every table that is read from it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Literal

import numpy as np
import pandas as pd

from lmi import naics
from lmi.analysis import breaks, changes
from lmi.analysis.cells import ALL, PRIVATE, Year, available_years, compute_year
from lmi.analysis.evaluate import Evaluated
from lmi.analysis.levels import SUFFIX, levels, pay_of
from lmi.analysis.mix import diversity
from lmi.analysis.outlook import no_outlook, projected_growth
from lmi.analysis.places import NATION, REGION, STATE
from lmi.analysis.sums import EMPLVL, Sums
from lmi.analysis.tables import StateTables
from lmi.analysis.thresholds import no_thresholds, region_thresholds
from lmi.codes import columns
from lmi.config import Candidate, Criterion, StateConfig, load_candidates, load_criteria
from lmi.errors import StoreError
from lmi.measures.arithmetic import FloatArray
from lmi.measures.certainty import add_flags, ends, suffixed
from lmi.measures.employment import estimated_share
from lmi.measures.tables import positions
from lmi.missing import Missing
from lmi.scoring.additive import score_draws, score_table
from lmi.scoring.rank import ranking_table
from lmi.scoring.screens import screen_table
from lmi.store import Store

__all__ = ["analyse", "base_year_for"]

SPANS = (1, 2, 5, 10)
PREFERRED_SPAN = 5
LONGEST_TREND = 11
EFFECT_ENDS = [f"{effect}{end}" for effect in changes.EFFECTS for end in ("", "_lo", "_hi")]


def base_year_for(year: int, known: Sequence[int]) -> int | None:
    """Return the year that growth to `year` is measured from: the nearest to five years before.

    Examples
    --------
    >>> base_year_for(2023, [2016, 2020, 2021, 2022, 2023])
    2016
    >>> base_year_for(2023, range(2017, 2024))
    2018
    """
    earlier = [y for y in known if y < year]
    if not earlier:
        return None
    return min(earlier, key=lambda y: (abs(year - y - PREFERRED_SPAN), y))


def _choose_year(known: Sequence[int], year: int | None, state: StateConfig) -> int:
    if year is None:
        return max(known)
    if year not in known:
        listed = ", ".join(map(str, known))
        raise StoreError(
            f"The store has no year {year} of {state.name}; it has {listed}, so name one of them "
            "or ingest the files of that year."
        )
    return year


def _compute_years(
    store: Store,
    state: StateConfig,
    candidates: Sequence[Candidate],
    wanted: Sequence[int],
    detailed: Sequence[int],
) -> dict[int, Year]:
    """Compute years: those in `detailed` by industry too, the first of them with its limits."""
    found = {
        y: compute_year(store, state, candidates, y, y in detailed, y == detailed[0])
        for y in wanted
    }
    return {y: made for y, made in found.items() if made is not None}


def _pairs(years: Mapping[int, Year], year: int, base: int | None) -> list[tuple[int, int]]:
    spans = {(year - n, year) for n in SPANS if year - n in years}
    return sorted(spans | ({(base, year)} if base is not None else set()))


def analyse(
    store: Store, state: StateConfig, year: int | None = None, base_year: int | None = None
) -> StateTables:
    """Compute all tables of a state for a year.

    Parameters
    ----------
    store : Store
    state : StateConfig
        Its regions.
    year : int, optional
        The newest that the store has, unless told.
    base_year : int, optional
        The year that growth is measured from; unless told, the one nearest to five years before,
        rebuilt from the changes over the year where the store has but one year.

    Returns
    -------
    StateTables

    Raises
    ------
    StoreError
        The store lacks the state, or the year.
    """
    candidates = load_candidates(state)
    criteria = load_criteria(state)
    known = available_years(store, state)
    year = _choose_year(known, year, state)
    base = base_year if base_year is not None else base_year_for(year, known)
    past = [y for y in known if year - LONGEST_TREND < y <= year]
    wanted = sorted({*past, *([base] if base else []), *([] if base else [year - 1])})
    detailed = (year, year - 1 if base is None else base)
    years = _compute_years(store, state, candidates, wanted, detailed)
    if base is None and year - 1 in years:
        base = year - 1
    if base is not None and base not in years:
        raise StoreError(f"The store has no year {base} of {state.name}; it has {known}.")
    return _Analysis(store, state, candidates, criteria, years, year, base).tables()


class _Analysis:
    """One computation, so that its steps need not pass everything to each other."""

    def __init__(
        self,
        store: Store,
        state: StateConfig,
        candidates: Sequence[Candidate],
        criteria: Sequence[Criterion],
        years: dict[int, Year],
        year: int,
        base: int | None,
    ) -> None:
        self.store, self.state, self.candidates = store, state, candidates
        self.criteria, self.years, self.year, self.base = criteria, years, year, base
        self.now = years[year]
        self.regions = [r for r in state.regions if r.key not in self.now.failed]
        self.pairs = _pairs(years, year, base)
        self.areas = breaks.area_breaks(state, self.pairs)
        self.candidate_breaks = breaks.candidate_break_table(candidates, self.pairs)
        self.notes: list[str] = []

    def tables(self) -> StateTables:
        """Compute every table."""
        thresholds = self._thresholds()
        shift_share = self._shift_share()
        rows, draws = self._candidates(thresholds, shift_share)
        scores, ranking = self._scores(rows, draws)
        return StateTables(
            meta=self._meta(),
            regions=self._regions(thresholds),
            candidates=rows,
            industries=self._industries(thresholds),
            growth=self._growth(),
            shift_share=shift_share,
            trend=self._trend(),
            scores=scores,
            ranking=ranking,
        )

    def _broken(self, key: str, definitions: pd.DataFrame, values: Sequence[str]) -> pd.DataFrame:
        return breaks.on_regions(
            definitions, self.areas, key=key, values=values, regions=[r.key for r in self.regions]
        )

    def _grown(
        self, table: changes.TableName, key: list[str], broken: pd.DataFrame
    ) -> pd.DataFrame | None:
        if self.base is None:
            return None
        pair = [(self.base, self.year)]
        return changes.compare_years(self.years, table, pair, key, broken)

    def _outlook(self) -> tuple[pd.DataFrame, Evaluated | None]:
        own = self._industry_sums(self.now).of(REGION)
        found = projected_growth(self.store, self.state, self.candidates, own, self.year)
        if isinstance(found, Missing):
            self.notes.append(str(found))
            return no_outlook(), None
        return found

    @staticmethod
    def _industry_sums(year: Year) -> Sums:
        assert year.industries is not None, "the year was computed without its industries"
        return year.industries

    def _thresholds(self) -> pd.DataFrame:
        found = region_thresholds(self.store, self.state, self.year)
        if isinstance(found, Missing):
            self.notes.append(str(found))
            return no_thresholds()
        return found

    def _shift_share(self) -> pd.DataFrame:
        keys = ["region", "candidate"]
        if self.base is None:
            names = [*keys, "method", "reference", "year0", "year1", *EFFECT_ENDS]
            return pd.DataFrame(columns=names)
        span = [y for y in sorted(self.years) if self.base <= y <= self.year]
        broken = self._broken("candidate", self.candidate_breaks, [c.key for c in self.candidates])
        return changes.shift_shares(self.years, span, broken)

    def _candidates(
        self, thresholds: pd.DataFrame, shift_share: pd.DataFrame
    ) -> tuple[pd.DataFrame, dict[str, FloatArray]]:
        """Return the candidates' measures, and the draws of those that are scored."""
        keys = ["region", "candidate"]
        rows, measured = levels(
            self.now.candidates, self.now.totals, thresholds, ["candidate"], keep=True
        )
        draws = measured.draws
        broken = self._broken("candidate", self.candidate_breaks, [c.key for c in self.candidates])
        growth = self._grown("candidates", ["candidate"], broken)
        if growth is not None and self.base is not None:
            rows = changes.add_growth(rows, growth, ["candidate"])
            first = self.years[self.base].candidates.of(REGION)
            own, span = self.now.candidates.of(REGION), (self.base, self.year)
            table, moved = changes.growth_between(first, own, ["candidate"], span, keep=True)
            draws = draws | moved.draws_at(positions(rows, table, keys))
        dunn = shift_share[shift_share["method"] == "dunn"]
        for reference, suffix in SUFFIX.items():
            part = dunn.loc[dunn["reference"] == reference, [*keys, *EFFECT_ENDS]]
            named = part.rename(columns={c: suffixed(c, suffix) for c in EFFECT_ENDS})
            rows = rows.merge(named, on=keys, how="left", validate="1:1")
        outlook, projected = self._outlook()
        rows = rows.merge(outlook, on=keys, how="left", validate="1:1")
        if projected is not None:
            draws = draws | projected.draws_at(positions(rows, outlook, keys))
        names = {c.key: c.name for c in self.candidates}
        rows.insert(2, "candidate_name", rows["candidate"].map(names))
        base = rows.pop("emplvl0") if "emplvl0" in rows else float("nan")
        return add_flags(rows, base), draws

    def _industries(self, thresholds: pd.DataFrame) -> pd.DataFrame:
        keys = ["own_code", "industry_code"]
        sums = self._industry_sums(self.now)
        shown = sums.take(np.flatnonzero(sums.table["own_code"].isin([ALL, PRIVATE])))
        rows, _ = levels(shown, self.now.totals, thresholds, keys)
        known = sorted(rows["industry_code"].unique())
        if self.base is not None:
            table = breaks.industry_break_table(known, [(self.base, self.year)])
            broken = self._broken("industry_code", table, known)
            growth = self._grown("industries", keys, broken)
            if growth is not None:
                rows = changes.add_growth(rows, growth, keys).drop(columns="emplvl0")
        level = columns.industry_levels(rows["industry_code"])
        titles = columns.titles(rows["industry_code"], naics.naics_year(self.year))
        rows.insert(3, "industry_title", titles)
        rows.insert(4, "industry_level", level)
        return add_flags(rows)

    def _growth(self) -> pd.DataFrame:
        if not self.pairs:
            return pd.DataFrame(columns=["region", "kind", "key", "year0", "year1"])
        keys = [c.key for c in self.candidates]
        broken = self._broken("candidate", self.candidate_breaks, keys)
        candidates = changes.compare_years(
            self.years, "candidates", self.pairs, ["candidate"], broken
        ).rename(columns={"candidate": "key"})
        totals = changes.compare_years(self.years, "totals", self.pairs, [], self.areas)
        table = pd.concat(
            [totals.assign(kind="total", key="total"), candidates.assign(kind="candidate")],
            ignore_index=True,
        )
        first = ["region", "kind", "key", "year0", "year1"]
        return add_flags(table[[*first, *(c for c in table if c not in first)]])

    def _trend(self) -> pd.DataFrame:
        parts = []
        for year, made in sorted(self.years.items()):
            for sums, key in ((made.totals, None), (made.candidates, "candidate")):
                table = pay_of(sums).add_to(sums.table)
                named = table.assign(key=table[key] if key else "total")
                parts.append(named.assign(year=year, basis=made.basis))
        table = pd.concat(parts, ignore_index=True)
        ended = [f"{c}{end}" for c in (EMPLVL, "avg_annual_pay") for end in ("", "_lo", "_hi")]
        return table[["place", "region", "key", "year", *ended, "emplvl_estimated_share", "basis"]]

    def _scores(
        self, rows: pd.DataFrame, draws: dict[str, FloatArray]
    ) -> tuple[pd.DataFrame, pd.DataFrame]:
        scores = score_table(rows, self.criteria)
        ranking = ranking_table(scores)
        at = positions(ranking, rows, ["region", "candidate"])
        drawn = score_draws(rows, self.criteria, draws)[at]
        lo, hi = ends(ranking["score"], drawn)
        screened = screen_table(rows, self.criteria)
        return scores, ranking.assign(score_lo=lo, score_hi=hi).merge(
            screened, on=["region", "candidate"], validate="1:1"
        )

    def _regions(self, thresholds: pd.DataFrame) -> pd.DataFrame:
        sums = self.now.totals.of(REGION)
        total = pay_of(sums).add_to(sums.table)
        growth = self._grown("totals", [], self.areas)
        if growth is not None:
            total = changes.add_growth(total, growth, []).drop(columns="emplvl0")
        industries = self._industry_sums(self.now)
        found = sorted(industries.table["industry_code"].unique())
        levels_of = dict(zip(found, columns.industry_levels(pd.Series(found)), strict=True))
        total = total.merge(diversity(industries, levels_of), on="region", validate="1:1").merge(
            self._data_quality(levels_of), on="region", how="left", validate="1:1"
        )
        names = {r.key: r.name for r in self.state.regions}
        counties = {r.key: len(r.counties) for r in self.state.regions}
        total.insert(1, "region_name", total["region"].map(names))
        total = total.merge(thresholds, on="region", how="left", validate="1:1")
        order = {r.key: i for i, r in enumerate(self.state.regions)}
        total = total.assign(n_counties=total["region"].map(counties))
        total = total.sort_values("region", key=lambda k: k.map(order), ignore_index=True)
        return add_flags(total)

    def _data_quality(self, levels_of: Mapping[str, str]) -> pd.DataFrame:
        """Shares of cells withheld, and of private jobs that are estimated, sector by sector."""
        table = self.now.withheld
        fine = table[
            table["industry_level"].isin(["sector", "3-digit", "4-digit", "5-digit", "6-digit"])
        ]
        cells = fine.groupby("region")[["cells", "withheld"]].sum().reset_index()
        cells["withheld_cells_share"] = cells["withheld"] / cells["cells"]
        own = self._industry_sums(self.now).of(REGION).table
        is_sector = own["industry_code"].map(levels_of) == "sector"
        sectors = own[(own["own_code"] == PRIVATE) & is_sector]
        jobs = sectors.groupby("region")[["annual_avg_emplvl", "annual_avg_emplvl_published"]].sum()
        share = pd.Series(
            estimated_share(jobs["annual_avg_emplvl_published"], jobs["annual_avg_emplvl"]),
            index=jobs.index,
            name="sector_emplvl_estimated_share",
        )
        return cells[["region", "withheld_cells_share"]].merge(share.reset_index(), on="region")

    def _nation_is_rebuilt(self) -> bool:
        """Tell whether the nation's total lacks the quotient of 1 that the agency prints."""

        def total(frequency: Literal["annual", "quarterly"]) -> pd.DataFrame:
            return self.store.qcew(
                frequency, areas=[self.regions[0].nation], industries=[naics.TOTAL],
                own_codes=[ALL], years=[self.year],
            )  # fmt: skip

        annual = total("annual")["lq_annual_avg_emplvl"]
        quarters = total("quarterly")["lq_month1_emplvl"]
        return bool((annual if len(annual) else quarters).isna().all())

    def _meta(self) -> dict[str, Any]:
        ids = sorted({i for y in self.years.values() for i in y.source_ids})
        catalogue = self.store.catalogue()
        used = catalogue[catalogue["source_id"].isin(ids)]
        names = {c.key: c.name for c in self.candidates}
        span = (self.base, self.year) if self.base is not None else (self.year, self.year)
        places = set(self.now.totals.table["place"])
        for place, what in ((NATION, "nation"), (STATE, "state")):
            if place not in places:
                self.notes.append(
                    f"No comparison with the {what}: the store has no {self.year} rows of it. To "
                    "add it, ingest its by-area file."
                )
        if self.now.contradictions:
            self.notes.append(
                "Published numbers that contradict each other, so that a total gave way: "
                f"{', '.join(self.now.contradictions[:5])}. `lmi verify` lists them all."
            )
        if NATION in places and self._nation_is_rebuilt():
            self.notes.append(
                f"The nation's {self.year} rows carry no location quotients of their own, so they "
                "are not the agency's file but rebuilt from it; comparisons with the nation are "
                "only as good as they are."
            )
        if self.base is not None and NATION not in set(self.years[self.base].totals.table["place"]):
            self.notes.append(
                f"No shift-share against the nation: the store has no {self.base} rows of it."
            )
        return {
            "state": self.state.slug,
            "state_name": self.state.name,
            "title": self.state.title,
            "illustrative": self.state.illustrative,
            "year": self.year,
            "base_year": self.base,
            "made_of": {str(y): made.made_of for y, made in self.years.items()},
            "withheld": self.now.withheld.to_dict("records"),
            "failed": self.now.failed,
            "sources": used.drop(columns="ingested_at").to_dict("records"),
            "breaks": [
                *self.areas["reason"].unique().tolist(),
                *breaks.sentences(self.candidate_breaks, names, span),
            ],
            "notes": self.notes,
        }
