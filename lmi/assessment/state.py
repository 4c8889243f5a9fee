"""Compute a state: from the store and the definitions to every table that is read from it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import numpy as np
import pandas as pd

from lmi import naics
from lmi.analysis import changes, region_breaks
from lmi.analysis.base_quotients import add_base_quotients
from lmi.analysis.candidate_measures import (
    candidate_shift_shares,
    measure_candidates,
    measure_now,
)
from lmi.analysis.county_measures import measure_counties
from lmi.analysis.expected import expected_growth
from lmi.analysis.jumps import find_jumps
from lmi.analysis.level_measures import levels, pay_of
from lmi.analysis.measured import CONFIDENTIAL, CandidateMeasures
from lmi.analysis.outlook import projected_growth
from lmi.analysis.places import REGION
from lmi.analysis.quarters import read_quarters
from lmi.analysis.real_pay import PRICE_YEAR, REAL_PAY, add_real_pay, price_indexes
from lmi.analysis.region_diversity import diversity
from lmi.analysis.span import Span, choose_years, compute_span
from lmi.analysis.state_total import state_total
from lmi.analysis.sums import EMPLVL, WAGES, Sums
from lmi.analysis.thresholds import no_thresholds, region_thresholds
from lmi.analysis.year_sums import ESTABS
from lmi.assessment.adding_up import adding_up
from lmi.assessment.base_years import ranks_by_base
from lmi.assessment.context_table import read_context
from lmi.assessment.notes import describe, threshold_notes
from lmi.assessment.people import People
from lmi.assessment.people_files import people_of
from lmi.assessment.standing import stand
from lmi.assessment.state_tables import StateTables
from lmi.codes import ALL_OWNERS, PRIVATE, whole_columns
from lmi.config import Asked, StateConfig, load_asked, load_candidates
from lmi.measures.certainty import add_flags
from lmi.measures.employment import estimated_share
from lmi.missing import Missing
from lmi.store import Store

__all__ = ["analyse"]

DECIMALS = 2  # of what is said of all sectors of a region together


def analyse(
    store: Store, state: StateConfig, year: int | None = None, base_year: int | None = None
) -> StateTables:
    """Compute all tables of a state for a year.

    Parameters
    ----------
    year : int, optional
        The newest that the store has, unless told.
    base_year : int, optional
        The year that growth is measured from; `lmi.analysis.base_year.base_year_for` unless told,
        rebuilt from the changes over the year where the store has but one year.

    Raises
    ------
    StoreError
        The store lacks the state, or the year.
    """
    years = choose_years(store, state, year, base_year)
    span = compute_span(store, state, load_candidates(state), years)
    asked = {r.key: load_asked(state, region=r.key) for r in span.regions}
    return _Analysis(store, span, asked).tables()


class _Analysis:
    """One computation, so that its steps need not pass everything to each other."""

    def __init__(self, store: Store, span: Span, asked: Mapping[str, Asked]) -> None:
        self.store, self.span, self.asked = store, span, asked
        self.state, self.now = span.state, span.now
        self.notes: list[str] = []

    def tables(self) -> StateTables:
        """Compute every table."""
        thresholds = self._thresholds()
        shift_share = candidate_shift_shares(self.span)
        people, projected = self._people(), self._projected()
        now = measure_now(self.span, thresholds)

        def measure(span: Span, split: pd.DataFrame) -> CandidateMeasures:
            expected = expected_growth(span, projected)
            return people.beside(measure_candidates(span, now, split, expected))

        found = measure(self.span, shift_share)
        self.notes += self._too_short()
        standing = stand(found, self.asked)
        bases = ranks_by_base(
            self.span, self.asked, standing.ranking, lambda span: measure(span, self._split(span))
        )
        total = state_total(self.span)
        self.notes += adding_up(self.state, total, self.span.year)
        context, sources = read_context(self.store, self.state)
        prices, of_prices = price_indexes(self.store)
        return StateTables(
            meta=describe(self.store, self.span, self.notes, sources | of_prices),
            total=total,
            regions=self._regions(thresholds),
            candidates=add_base_quotients(self.span, found.table, thresholds),
            industries=self._industries(thresholds),
            counties=measure_counties(self.span),
            growth=self._growth(),
            jumps=find_jumps(self.span),
            quarters=read_quarters(self.store, self.span),
            shift_share=shift_share,
            trend=self._trend(prices),
            scores=standing.scores,
            ranking=standing.ranking,
            robustness=standing.robustness,
            weights=standing.weights,
            bases=bases,
            engagement=people.efforts,
            knowledge=people.statements,
            readiness=people.readiness,
            uncovered=found.uncovered,
            context=context,
        )

    def _split(self, span: Span) -> pd.DataFrame:
        """Split the change over a span; empty where neither rank nor reason reads a part of it."""
        asked = self.asked.values()
        read = {c.measure for of in asked for c in of.criteria}
        read |= {ln.measure for of in asked for r in of.set_aside.reasons for ln in r.lines}
        needs = any(effect in measure for measure in read for effect in changes.EFFECTS)
        return candidate_shift_shares(span if needs else replace(span, base=None))

    def _projected(self) -> pd.DataFrame:
        own = self._industry_sums.of(REGION)
        found, notes = projected_growth(
            self.store, self.state, self.span.candidates, own, self.span.year
        )
        self.notes += notes
        return found

    def _people(self) -> People:
        """Read what people bring, and note what there is not."""
        found = people_of(self.state, self.span.candidates, self.span.regions)
        self.notes += map(str, found.missing)
        return found

    def _too_short(self) -> list[str]:
        """Say which criteria ask for growth over more years than there are."""
        if self.span.base is None:
            return []
        years = self.span.year - self.span.base
        asked = {c.key: c for of in self.asked.values() for c in of.criteria}
        return [
            f"{c.name} is known over {years} year{'s' if years > 1 else ''} and asks for "
            f"{c.min_years}: it is shown, not scored. To score it, ingest earlier years."
            for c in asked.values()
            if years < c.min_years
        ]

    @property
    def _industry_sums(self) -> Sums:
        found = self.now.industries
        assert found is not None, "the year was computed without detail"
        return found

    def _thresholds(self) -> pd.DataFrame:
        found = region_thresholds(self.store, self.state, self.span.year)
        if isinstance(found, Missing):
            self.notes.append(str(found))
            return no_thresholds()
        self.notes += threshold_notes(self.state, found)
        return found

    def _industries(self, thresholds: pd.DataFrame) -> pd.DataFrame:
        keys = ["own_code", "industry_code"]
        sums = self._industry_sums
        shown = sums.take(np.flatnonzero(sums.table["own_code"].isin([ALL_OWNERS, PRIVATE])))
        rows, _ = levels(shown, self.now.totals, thresholds, keys, self.span.quoted_industries)
        known = sorted(rows["industry_code"].unique())
        if self.span.base is not None:
            table = region_breaks.industry_break_table(known, [(self.span.base, self.span.year)])
            broken = self.span.broken("industry_code", table, known)
            growth = self.span.grown("industries", keys, broken)
            if growth is not None:
                rows = changes.add_growth(rows, growth, keys).drop(columns="emplvl0")
        level = whole_columns.industry_levels(rows["industry_code"])
        titles = whole_columns.titles(rows["industry_code"], naics.naics_year(self.span.year))
        rows.insert(3, "industry_title", titles)
        rows.insert(4, "industry_level", level)
        return add_flags(rows)

    def _growth(self) -> pd.DataFrame:
        if not self.span.pairs:
            return pd.DataFrame(columns=["region", "kind", "key", "year0", "year1"])
        broken = self.span.broken_candidates()
        candidates = changes.compare_years(
            self.span.years, "candidates", self.span.pairs, ["candidate"], broken
        ).rename(columns={"candidate": "key"})
        totals = changes.compare_years(
            self.span.years, "totals", self.span.pairs, [], self.span.area_breaks
        )
        table = pd.concat(
            [totals.assign(kind="total", key="total"), candidates.assign(kind="candidate")],
            ignore_index=True,
        )
        first = ["region", "kind", "key", "year0", "year1"]
        return add_flags(table[[*first, *(c for c in table if c not in first)]])

    def _trend(self, prices: Mapping[int, float]) -> pd.DataFrame:
        parts = []
        for year, made in sorted(self.span.years.items()):
            for sums, key in ((made.totals, None), (made.candidates, "candidate")):
                table = pay_of(sums).add_to(sums.publishable().table)
                named = table.assign(key=table[key] if key else "total")
                parts.append(named.assign(year=year, basis=made.basis))
        table = add_real_pay(pd.concat(parts, ignore_index=True), prices)
        measures = (EMPLVL, WAGES, "avg_annual_pay", REAL_PAY)
        ended = [f"{c}{end}" for c in measures for end in ("", "_lo", "_hi")]
        about = [PRICE_YEAR, "emplvl_estimated_share", CONFIDENTIAL, "basis"]
        return table[["place", "region", "key", "year", ESTABS, *ended, *about]]

    def _regions(self, thresholds: pd.DataFrame) -> pd.DataFrame:
        sums = self.now.totals.of(REGION)
        total = pay_of(sums).add_to(sums.publishable().table)
        growth = self.span.grown("totals", [], self.span.area_breaks)
        if growth is not None:
            total = changes.add_growth(total, growth, []).drop(columns="emplvl0")
        industries = self._industry_sums
        found = sorted(industries.table["industry_code"].unique())
        levels_of = dict(zip(found, whole_columns.industry_levels(pd.Series(found)), strict=True))
        total = total.merge(
            diversity(industries, self.span.quoted_industries), on="region", validate="1:1"
        ).merge(self._data_quality(levels_of), on="region", how="left", validate="1:1")
        names = {r.key: r.name for r in self.state.regions}
        counties = {r.key: len(r.counties) for r in self.state.regions}
        if not self.state.staff:
            # To the last place they would tell the sectors that are not published.
            over_sectors = total.columns[total.columns.str.match("hhi|hachman|sector_emplvl_est")]
            total[over_sectors] = total[over_sectors].round(DECIMALS)
        total.insert(1, "region_name", total["region"].map(names))
        total = total.merge(thresholds, on="region", how="left", validate="1:1")
        order = {r.key: i for i, r in enumerate(self.state.regions)}
        total = total.assign(n_counties=total["region"].map(counties))
        total = total.sort_values("region", key=lambda k: k.map(order), ignore_index=True)
        return add_flags(total)

    def _data_quality(self, levels_of: Mapping[str, str]) -> pd.DataFrame:
        """Shares of cells withheld, and of private jobs that are estimated, sector by sector."""
        table = self.now.withheld
        assert table is not None, "the year was computed without detail"
        fine = table[
            table["industry_level"].isin(["sector", "3-digit", "4-digit", "5-digit", "6-digit"])
        ]
        cells = fine.groupby("region")[["cells", "withheld"]].sum().reset_index()
        cells["withheld_cells_share"] = cells["withheld"] / cells["cells"]
        own = self._industry_sums.of(REGION).table
        is_sector = own["industry_code"].map(levels_of) == "sector"
        sectors = own[(own["own_code"] == PRIVATE) & is_sector]
        jobs = sectors.groupby("region")[["annual_avg_emplvl", "annual_avg_emplvl_published"]].sum()
        share = pd.Series(
            estimated_share(jobs["annual_avg_emplvl_published"], jobs["annual_avg_emplvl"]),
            index=jobs.index,
            name="sector_emplvl_estimated_share",
        )
        return cells[["region", "withheld_cells_share"]].merge(share.reset_index(), on="region")
