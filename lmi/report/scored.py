"""One region's candidates scored on the spot: rows for a file, and all that made them."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import pandas as pd

from lmi.analysis.candidates import CandidateMeasures
from lmi.analysis.ground import Engagement, Knowledge, by_region
from lmi.analysis.live import LiveState, open_live
from lmi.analysis.standing import appraise_region
from lmi.analysis.thresholds import region_thresholds
from lmi.config import Candidate, Criterion, NamedScreen, Region, StateConfig, load_candidates
from lmi.missing import Missing
from lmi.report.case import Case, Setting, cases_of
from lmi.report.sentences.reasons import Reasons, reasons_for
from lmi.report.standings import listed_by, rated_by
from lmi.scoring.appraise import Appraisal
from lmi.scoring.methods import METHODS, compare_methods
from lmi.scoring.screens import screen_table
from lmi.store import Store
from lmi.words import Row, records

__all__ = ["Scored", "score_region"]

BY_CRITERION = ("raw", "raw_lo", "raw_hi", "value", "stands_in", "weight", "contribution")
RANKED = (
    "rank", "rank_lo", "rank_hi", "score", "score_lo", "score_hi", "first_chance", "top3_chance",
    "confidence", "statistic_rank", "ground_rank", "hangs_on", "rank_without",
)  # fmt: skip
KEYS = ["region", "candidate"]


@dataclass(frozen=True, eq=False)
class Scored:
    """One region's candidates, scored by one set of criteria and weights.

    Parameters
    ----------
    state : StateConfig
    region : Region
    year : int
    base_year : int or None
        The year that growth is measured from.
    definitions : tuple of Candidate
    criteria : tuple of Criterion
    screens : tuple of NamedScreen
    about : {"any", "stated", "order"}
        Which weights the chances are over.
    table : DataFrame, one row a candidate
        Measures, ranking, screens and ranks by other methods, the best first.
    scores : DataFrame
        As `lmi.scoring.appraise.Appraisal.scores`.
    weights : mapping of str to float
        Share by criterion; zero where it has no data here.
    threshold : mapping or None
        The family-sustaining wage that pay is held against.
    sources : list of mapping
        Files behind the numbers, with vintage and hash.
    cases : list of Case
    """

    state: StateConfig
    region: Region
    year: int
    base_year: int | None
    definitions: tuple[Candidate, ...]
    criteria: tuple[Criterion, ...]
    screens: tuple[NamedScreen, ...]
    about: str
    table: pd.DataFrame
    scores: pd.DataFrame
    weights: Mapping[str, float]
    threshold: Row | None
    sources: list[dict[str, Any]]
    cases: list[Case]

    @cached_property
    def reasons(self) -> list[Reasons]:
        """Why each candidate stands where it does, the best first."""
        return reasons_for(self.cases)

    @property
    def flags(self) -> list[str]:
        """Names of the columns of screens."""
        starts = ("driver_", "is_driver", "is_declining", "may_be_declining", "screen_")
        return [str(name) for name in self.table if str(name).startswith(starts)]

    @property
    def methods(self) -> list[str]:
        """Names of the columns of ranks by other methods."""
        return [f"rank_by_{method}" for method in METHODS[1:]]

    def rows(self) -> pd.DataFrame:
        """Return one row a candidate with everything, the best first.

        Returns
        -------
        DataFrame
            ``candidate``, ``candidate_name``; the ranking; for each criterion KEY its ``KEY_raw``
            with ``KEY_raw_lo`` and ``KEY_raw_hi``, ``KEY_value`` (0 to 1), ``KEY_stands_in``,
            ``KEY_weight`` (share) and ``KEY_contribution``; the screens; ranks by other methods;
            ``criteria_missing`` and ``reasons``.
        """
        wide = self.table[["candidate"]]
        for key, rows in self.scores.groupby("criterion"):
            own = rows[["candidate", *BY_CRITERION]]
            named = own.rename(columns={what: f"{key}_{what}" for what in BY_CRITERION})
            wide = wide.merge(named, on="candidate", validate="1:1")
        by_criterion = [f"{c.key}_{what}" for c in self.criteria for what in BY_CRITERION]
        told = {reasons.candidate: reasons.text for reasons in self.reasons}
        first = ["candidate", "candidate_name", *RANKED]
        last = [*self.flags, *self.methods, "criteria_missing"]
        rows = self.table[[*first, *last]].merge(wide, on="candidate", validate="1:1")
        rows["reasons"] = rows["candidate"].map(told)
        return rows[[*first, *by_criterion, *last, "reasons"]]

    def document(self) -> dict[str, Any]:
        """Return everything as nested values for a JSON file, with what made it.

        Returns
        -------
        dict
        """
        return {
            "state": self.state.slug,
            "state_name": self.state.name,
            "illustrative": self.state.illustrative,
            "region": self.region.key,
            "region_name": self.region.name,
            "counties": list(self.region.counties),
            "year": self.year,
            "base_year": self.base_year,
            "about": self.about,
            "weights": {key: _plain(share) for key, share in self.weights.items()},
            "threshold": _all_plain(self.threshold) if self.threshold else None,
            "candidates": self._nested(),
            "criteria": [c.model_dump(mode="json", exclude_none=True) for c in self.criteria],
            "screens": [s.model_dump(mode="json", exclude_none=True) for s in self.screens],
            "definitions": [c.model_dump(mode="json") for c in self.definitions],
            "sources": [_all_plain(source) for source in self.sources],
        }

    def _nested(self) -> list[dict[str, Any]]:
        by_candidate = {
            key: {
                str(row["criterion"]): {what: _plain(row[what]) for what in BY_CRITERION}
                for row in records(rows)
            }
            for key, rows in self.scores.groupby("candidate", sort=False)
        }
        told = {reasons.candidate: reasons for reasons in self.reasons}
        nested = []
        for row in records(self.table):
            key = str(row["candidate"])
            why = told[key]
            missing = str(row["criteria_missing"])
            nested.append(
                {
                    "candidate": key,
                    "candidate_name": row["candidate_name"],
                    **{name: _plain(row[name]) for name in RANKED},
                    "criteria": by_candidate[key],
                    "criteria_missing": missing.split(", ") if missing else [],
                    "screens": {name: bool(row[name]) for name in self.flags},
                    "rank_by": {
                        method: _plain(row[name])
                        for method, name in zip(METHODS[1:], self.methods, strict=True)
                    },
                    "reasons": {
                        "lifts": list(why.lifts),
                        "holds": list(why.holds),
                        "standing": why.standing,
                        "firmness": why.firmness,
                        "questions": list(why.questions),
                    },
                }
            )
        return nested


def score_region(
    store: Store,
    state: StateConfig,
    region: Region,
    criteria: Sequence[Criterion],
    screens: Sequence[NamedScreen] = (),
    *,
    year: int | None = None,
    base_year: int | None = None,
    weights: Mapping[str, float] | None = None,
    about: str = "any",
) -> Scored:
    """Score one region's candidates.

    Parameters
    ----------
    store : Store
    state : StateConfig
    region : Region
    criteria : sequence of Criterion
    screens : sequence of NamedScreen, optional
    year, base_year : int, optional
        As for `lmi.analysis.analyse`.
    weights : mapping of str to float, optional
        By key of criterion; one that is not named counts nothing. The criteria's own unless told.
    about : {"any", "stated", "order"}, optional
        Which weights the chances are over.

    Returns
    -------
    Scored

    Raises
    ------
    StoreError
        The store lacks a county of the region, or the year.
    MeasureError
        The weights cannot be used.
    """
    live = open_live(store, state, year, base_year)
    definitions = load_candidates(state)
    brought = live.brought(region, definitions)
    measured = live.measure(region, definitions, brought=brought)
    appraisal = appraise_region(measured, criteria, region.key, weights, about)
    base = _base_of(live)
    found = region_thresholds(store, state, live.years.year, [region])
    threshold = None if isinstance(found, Missing) or found.empty else records(found)[0]
    table = _table(measured, appraisal, criteria, screens)
    setting = _setting(live, region, base, about, threshold, brought)
    scores = appraisal.scores()
    return Scored(
        state=state, region=region, year=live.years.year, base_year=base,
        definitions=tuple(definitions), criteria=tuple(criteria), screens=tuple(screens),
        about=about, table=table, scores=scores,
        weights=dict(zip([c.key for c in criteria], appraisal.weights.tolist(), strict=True)),
        threshold=threshold, sources=_sources(store, live),
        cases=cases_of(table, scores, criteria, setting),
    )  # fmt: skip


def _base_of(live: LiveState) -> int | None:
    first = live.years.first
    return first if first in live.read and first != live.years.year else None


def _table(
    measured: CandidateMeasures,
    appraisal: Appraisal,
    criteria: Sequence[Criterion],
    screens: Sequence[NamedScreen],
) -> pd.DataFrame:
    by_method = compare_methods(appraisal.evidence.value, appraisal.weights)[list(METHODS[1:])]
    ranking = appraisal.ranking().join(by_method.add_prefix("rank_by_"))
    screened = screen_table(measured.table, criteria, screens)
    table = measured.table.merge(ranking, on=KEYS, validate="1:1")
    table = table.merge(screened, on=KEYS, validate="1:1")
    return table.sort_values(["rank", "candidate"], ignore_index=True)


def _setting(
    live: LiveState,
    region: Region,
    base: int | None,
    about: str,
    threshold: Row | None,
    brought: Sequence[Engagement | Knowledge | Missing],
) -> Setting:
    listed: dict[str, list[str]] = {}
    rated: Mapping[tuple[str, str], float] = {}
    for known in brought:
        if isinstance(known, Engagement):
            listed = listed_by(by_region(known.rows, live.state, [region]))
        elif isinstance(known, Knowledge):
            rated = rated_by(known.readiness[known.readiness["region"] == region.key])
    return Setting(
        state_name=live.state.name, year=live.years.year, base_year=base, about=about,
        listed=listed, rated=rated,
        threshold=float(threshold["threshold_annual_wage"]) if threshold else math.nan,
    )  # fmt: skip


def _sources(store: Store, live: LiveState) -> list[dict[str, Any]]:
    ids = {source for cells in live.read.values() for source in cells.source_ids}
    catalogue = store.catalogue()
    used = catalogue[catalogue["source_id"].isin(ids)].drop(columns="ingested_at")
    return [dict(row) for row in records(used.sort_values("source_id"))]


def _all_plain(row: Row) -> dict[str, Any]:
    return {name: _plain(value) for name, value in row.items()}


def _plain(value: Any) -> Any:
    """Return a value as JSON has it, numbers with six decimals, missing ones as null."""
    if value is None or value is pd.NA:
        return None
    if hasattr(value, "item"):
        value = value.item()
    if isinstance(value, float):
        return None if not math.isfinite(value) else round(value, 6)
    return value if isinstance(value, str | int | bool | list | dict) else str(value)
