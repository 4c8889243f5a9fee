"""A small fictional state, complete with everything that is hard: withheld, estimated, broken."""

from __future__ import annotations

import copy
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely

from lmi.analysis.real_pay import add_real_pay
from lmi.assessment.state_tables import StateTables
from lmi.config import AsideReason, Asked, Region, SetAside, StateConfig
from lmi.config.models import Candidate, Citation, Criterion
from lmi.reference.consumer_prices import known_price_indexes
from lmi.report import Profile, open_profile

NAN = float("nan")
LONG = "Mining, quarrying, and oil and gas extraction"
TOTAL_JOBS, TOTAL_PAY, THRESHOLD = 20_000.0, 40_000.0, 45_000.0

# jobs, published, low, high; pay, estimated share of wages; lq, lq_state; change, break
CANDIDATES = [
    ("care", "Health care", 4000, 4000, 4000, 4000, 50_000, 0.0, 1.5, 1.2, 400, False),
    ("build", "Construction", 2000, 1200, 1700, 2600, 52_000, 0.5, 1.1, 1.0, -100, False),
    ("food", "Food & <beverage>", 1000, 950, 960, 1080, 38_000, 0.0, 2.4, 1.9, 0, False),
    ("shops", "Retail trade", 900, 900, 900, 900, 28_000, 0.0, 0.9, 0.95, NAN, True),
    ("craft", "=2+5+cmd", 300, 30, 120, 700, 61_000, 0.9, 0.4, 0.35, 90, False),
    ("mines", LONG, 1, 1, 1, 1, 90_000, 0.0, 0.05, 0.02, -3, False),
    ("space", "Aerospace and defense", NAN, NAN, NAN, NAN, NAN, NAN, NAN, NAN, NAN, False),
    ("woods", "Forest products", 0, 0, 0, 0, NAN, 0.0, 0.0, 0.0, 0, False),
]
LOSS = "emplvl_pct_chg"
LOSING = AsideReason(key="declining", name="Losing jobs", ask="Why are its jobs falling?",
                     any=[{"measure": LOSS, "below": -1}])  # fmt: skip
OUTLOOK = {
    "projection_kind": "nation", "projection_source": "Office", "projection_horizon": "2023-2033",
    "projected_emplvl_cagr": 1.0, "projected_emplvl_chg": 400.0, "projected_emplvl_chg_lo": 100.0,
    "projected_emplvl_chg_hi": 700.0, "projected_emplvl_cagr_by_nation": 1.0,
    "projection_source_by_nation": "Office", "projection_horizon_by_nation": "2023-2033",
    "projection_disagrees_by_nation": False,
}  # fmt: skip
TREND = {
    "projected_emplvl_cagr_by_trend": -0.5, "projection_source_by_trend": "trend",
    "projection_horizon_by_trend": "2023-2033", "projection_disagrees_by_trend": True,
}  # fmt: skip
COUNTIES = {"99001": "Aspen", "99003": "Birch", "99005": "Cedar", "99007": "Dogwood"}


def _candidates() -> pd.DataFrame:
    rows = []
    for (
        key,
        name,
        jobs,
        published,
        low,
        high,
        pay,
        guessed,
        lq,
        lq_state,
        change,
        broken,
    ) in CANDIDATES:
        rows.append(
            {
                "region": "north", "candidate": key, "candidate_name": name, "part_of": "",
                "annual_avg_estabs": 20.0, "annual_avg_emplvl": jobs,
                "annual_avg_emplvl_published": published, "annual_avg_emplvl_lo": low,
                "annual_avg_emplvl_hi": high,
                "emplvl_estimated_share": (jobs - published) / jobs if jobs else 0.0,
                "emplvl_share": jobs / TOTAL_JOBS, "total_annual_wages": jobs * pay,
                "wages_estimated_share": guessed, "avg_annual_pay": pay,
                "pay_ratio": pay / TOTAL_PAY, "pay_to_threshold_ratio": pay / THRESHOLD,
                "lq": lq, "lq_state": lq_state, "base_year": 2018, "emplvl_chg": change,
                "emplvl_pct_chg": 100 * change / (jobs - change) if jobs else NAN,
                "emplvl_cagr": NAN, "growth_basis": "annual", "is_break": broken,
                "national_growth": 0.05 * jobs if not np.isnan(change) else NAN,
                "industry_mix": -0.02 * jobs if not np.isnan(change) else NAN,
                "competitive_share": change - 0.03 * jobs if not np.isnan(change) else NAN,
                "projected_emplvl_pct_chg": NAN, "projection_source": "", "projection_horizon": "",
            }
        )  # fmt: skip
    return pd.DataFrame(rows)


def _ranking() -> pd.DataFrame:
    keys = [row[0] for row in CANDIDATES]
    return pd.DataFrame(
        {
            "region": "north", "candidate": keys,
            "score": [0.9, 0.7, 0.8, 0.3, 0.4, 0.2, NAN, 0.1],
            "score_lo": [0.9, 0.6, 0.8, 0.3, 0.2, 0.2, NAN, 0.1],
            "score_hi": [0.9, 0.8, 0.8, 0.3, 0.6, 0.2, NAN, 0.1],
            "rank": [1, 3, 2, 5, 4, NAN, NAN, NAN], "is_level": False,
            "rank_lo": [1, 2, 2, 5, 3, NAN, NAN, NAN],
            "rank_hi": [1, 4, 3, 5, 10, NAN, NAN, NAN],
            "first_chance": [0.62, 0.08, 0.3, 0.0, 0.0, NAN, NAN, NAN],
            "top3_chance": [0.97, 0.4, 0.8, 0.0, 0.002, NAN, NAN, NAN],
            "confidence": [1.0, 0.4, 0.9, NAN, NAN, NAN, NAN, NAN],
            "statistic_rank": [1, 3, 2, 5, 4, NAN, NAN, NAN],
            "ground_rank": NAN,
            "hangs_on": ["", "pay", "lq", "", "pay", "", "", ""],
            "rank_without": [NAN, 5, 4, NAN, 8, NAN, NAN, NAN],
            "driver_jobs": [True, True, True, False, False, False, False, False],
            "driver_wages": [True, True, False, False, True, False, False, False],
            "driver_concentration": [True, False, True, False, False, False, False, False],
            "driver_jobs_is_sure": True,
            "driver_wages_is_sure": [True, False, True, True, True, True, False, True],
            "driver_concentration_is_sure": True,
            "wages_but_small": [False, False, False, False, False, True, False, False],
            "concentration_but_small": False,
            "is_driver": [True, True, True, False, True, False, False, False],
            "is_driver_is_sure": [True, True, True, True, True, True, False, True],
            "set_aside": ["", "", "", "", "", "declining", "unscored", "absent"],
            "set_aside_by": ["", LOSS, "", "", "", LOSS, "", ""], "kept_despite": "",
            "counted": True,
            "may_be_set_aside": ["", "declining", "", "", "", "", "", ""],
            "criteria_missing": ["", "", "", "lq", "", "", "lq, pay", ""],
        }
    )  # fmt: skip


def _scores() -> pd.DataFrame:
    """Values by criterion, as the anchors of `criteria` have them."""
    rows = []
    for candidate in _candidates().to_dict("records"):
        values = {
            "pay": np.interp(candidate["pay_ratio"], (0.5, 1.5), (0, 1)),
            "lq": np.interp(candidate["lq"], (0.5, 2.0), (0, 1)),
        }
        weights = {"pay": 0.75, "lq": 0.25}
        rows += [
            {
                "region": "north", "candidate": candidate["candidate"], "criterion": key,
                "raw": candidate[{"pay": "pay_ratio", "lq": "lq"}[key]], "value": value,
                "stands_in": False, "weight": weights[key] if value == value else 0.0,
                "contribution": weights[key] * value,
            }
            for key, value in values.items()
        ]  # fmt: skip
    return pd.DataFrame(rows)


def _robustness() -> pd.DataFrame:
    """First with chance f, among the first three with chance t, else last."""
    rows = []
    for row in _ranking().to_dict("records"):
        chances = [row["first_chance"], 0.0, row["top3_chance"] - row["first_chance"],
                   0.0, 1 - row["top3_chance"]]  # fmt: skip
        rows += [
            {"region": "north", "candidate": row["candidate"], "rank": rank, "chance": chance}
            for rank, chance in enumerate(chances, start=1)
        ]
    return pd.DataFrame(rows)


def _weights() -> pd.DataFrame:
    return pd.DataFrame(
        {
            "region": "north", "criterion": ["pay", "lq"], "kind": "statistic",
            "weight": [0.75, 0.25], "n_known": [7, 7], "weight_up": [NAN, 0.6],
            "challenger_up": ["", "food"], "weight_down": [0.4, NAN],
            "challenger_down": ["food", ""],
        }
    )  # fmt: skip


def ground(tables: StateTables) -> None:
    """Let people bring something: three organizations, three voices, one readiness item."""
    table = tables.candidates
    known = {"care": (3, 2), "food": (1, 1)}
    heard = {"care": (4.0, 2.0, 5.0, 3), "build": (4.0, 4.0, 4.0, 1)}
    for place, name in enumerate(("engagement_organisations", "engagement_systems")):
        table[name] = [known.get(key, (0, 0))[place] for key in table["candidate"]]
    names = ("local_rating", "local_rating_lowest", "local_rating_highest", "local_statements")
    for place, name in enumerate(names):
        table[name] = [heard.get(key, (NAN, NAN, NAN, 0))[place] for key in table["candidate"]]
    engagement = pd.DataFrame(
        [("Guild <of> nurses", "workforce", "Ladders", "care", 2015),
         ("College", "education", "Board", "care", 2011),
         ("Chamber", "community", "Visits", "care", pd.NA),
         ("Bakers", "community", "=Contest", "food", 2001)],
        columns=["organisation", "system", "effort", "candidate", "since"],
    )  # fmt: skip
    knowledge = pd.DataFrame(
        [("care", "Wards <close> for lack of nurses.", 5, "nurse", "2024-01-23", ""),
         ("care", "", 2, "owner", "2024-02", "champions"),
         ("care", "Enough to see.", 5, "dean", "2024", "firms"),
         ("build", "Booked for two summers.", 4, "builder", "2023-12-01", "")],
        columns=["candidate", "statement", "rating", "who", "date", "item"],
    )  # fmt: skip
    readiness = pd.DataFrame(
        [("care", "champions", 2.0, 1), ("care", "firms", 5.0, 1), ("care", "network", NAN, 0)],
        columns=["candidate", "item", "rating", "n"],
    )
    for name, rows in (("engagement", engagement), ("knowledge", knowledge),
                       ("readiness", readiness)):  # fmt: skip
        object.__setattr__(tables, name, rows.assign(region="north"))


def _uncovered() -> pd.DataFrame:
    """A fifth of all jobs, in wholesale trade, in towns and in motor pools."""
    rows = [
        ("", "", "Total, all industries", 4000, 3900, 4100, NAN),
        ("423", "5", "Merchant <wholesalers>", 900, 900, 900, 0.0),
        ("921", "123", "General government support", 800, 700, 950, 0.9),
        ("5613", "5", "Employment services", 300, 30, 700, 0.95),
    ]
    names = ["industry_code", "own_codes", "industry_title", "jobs", "lo", "hi", "share"]
    table = pd.DataFrame(rows, columns=names)
    ends = {"": "jobs", "_lo": "lo", "_hi": "hi"}
    jobs = {f"annual_avg_emplvl{end}": table[name].astype(float) for end, name in ends.items()}
    shares = {f"emplvl_share{end}": table[name] / TOTAL_JOBS for end, name in ends.items()}
    return table[names[:3]].assign(
        region="north", **jobs, **shares, emplvl_estimated_share=table["share"],
        annual_avg_emplvl_is_vague=[False, False, False, True], annual_avg_estabs=20.0,
        avg_annual_pay=30_000.0, lq=1.1, wages_estimated_share=0.0,
    )  # fmt: skip


def _industries() -> pd.DataFrame:
    like = _candidates().head(3).drop(columns=["candidate", "candidate_name", "part_of"])
    return like.assign(
        own_code="0", industry_level="sector", industry_code=["62", "23", "31-33"],
        industry_title=["Health care and social assistance", "Construction", "Manufacturing"],
    )  # fmt: skip


def _growth() -> pd.DataFrame:
    rows = [
        ("total", "total", 2022, 1.5, False), ("total", "total", 2018, 6.0, False),
        ("candidate", "care", 2022, 2.0, False), ("candidate", "care", 2018, 11.1, False),
        ("candidate", "shops", 2022, 0.5, False), ("candidate", "shops", 2018, NAN, True),
    ]  # fmt: skip
    frame = pd.DataFrame(rows, columns=["kind", "key", "year0", "emplvl_pct_chg", "is_break"])
    return frame.assign(region="north", year1=2023)


def _bases() -> pd.DataFrame:
    """Ranks with growth since 2018, as in the ranking, and since 2020, where two change places."""
    now = _ranking()[["region", "candidate", "rank"]]
    other = now.assign(rank=now["rank"].replace({1.0: 4.0, 4.0: 1.0, 5.0: NAN}))
    return pd.concat([now.assign(base_year=2018), other.assign(base_year=2020)], ignore_index=True)


def _trend() -> pd.DataFrame:
    jobs = {"region": (18_868.0, 20_000.0), "state": (1e6, 1.1e6), "nation": (1e8, 1.03e8)}
    pay = {"region": 40_000.0, "state": 50_000.0, "nation": 52_000.0}
    rows = [
        {"place": place, "region": "north", "key": "total", "year": year,
         "annual_avg_emplvl": first + (last - first) * (year - 2018) / 5,
         **{f"avg_annual_pay{end}": pay[place] * (1 + 0.05 * (year - 2018))
            for end in ("", "_lo", "_hi")}}
        for place, (first, last) in jobs.items()
        for year in range(2018, 2024)
    ]  # fmt: skip
    return add_real_pay(pd.DataFrame(rows), known_price_indexes())


def _counties() -> pd.DataFrame:
    """Two counties: one sector is withheld in the second, and told as a range."""
    rows = []
    for area, share in (("99001", 0.75), ("99003", 0.25)):
        for kind, key, name, jobs in (
            ("total", "total", "All jobs", TOTAL_JOBS), ("candidate", "care", "Health care", 4000),
            ("candidate", "craft", "=2+5+cmd", 300),
        ):  # fmt: skip
            own, told = share * jobs, (area, key) == ("99003", "craft")
            lo, hi = (50.0, 200.0) if told else (own, own)
            rows.append(
                {
                    "region": "north", "area_fips": area, "kind": kind, "key": key, "name": name,
                    "annual_avg_estabs": 2.0 if told else 20.0,
                    "annual_avg_emplvl": NAN if told else own, "annual_avg_emplvl_lo": lo,
                    "annual_avg_emplvl_hi": hi, "annual_avg_emplvl_is_vague": told,
                    "emplvl_estimated_share": float(told), "is_confidential": told,
                    "avg_annual_pay": NAN if told else 40_000.0,
                    "emplvl_pct_chg": NAN if told else 2.0, "is_change_confidential": told,
                    "base_year": 2018, "is_break": False,
                }
            )  # fmt: skip
    return pd.DataFrame(rows)


def _quarters() -> pd.DataFrame:
    """All jobs, with a summer, and a sector of which nothing is published."""
    index = {"1": 0.9, "2": 1.0, "3": 1.1, "4": 1.0}
    rows = [
        {
            "place": place, "region": "north", "kind": kind, "key": key, "name": name,
            "year": 2023, "qtr": qtr, "qtrly_estabs": 20.0,
            **{f"month{n}_emplvl_published": jobs * times for n in (1, 2, 3)},
            "total_qtrly_wages_published": jobs * times * 10_000,
            "emplvl_published_share": 0.0 if key == "craft" else 1.0,
            "seasonal_index": NAN if key == "craft" else times,
            "emplvl_swing_pct": NAN if key == "craft" else 20.0,
        }
        for place, whole in (("region", TOTAL_JOBS), ("state", 1e6))
        for kind, key, name, jobs in (
            ("total", "total", "All jobs", whole), ("candidate", "craft", "=2+5+cmd", NAN),
        )
        for qtr, times in index.items()
    ]  # fmt: skip
    return pd.DataFrame(rows)


def _jumps() -> pd.DataFrame:
    """Hospitals that began to report by worksite."""
    return pd.DataFrame(
        {
            "region": ["north"], "own_code": ["2"], "industry_code": ["622"],
            "industry_title": ["Hospitals"], "year0": [2018], "year1": [2023],
            "annual_avg_estabs0": [3.0], "annual_avg_estabs1": [22.0], "within": ["62"],
            "within_emplvl_pct_chg": [-0.5],
        }
    )  # fmt: skip


def _context() -> pd.DataFrame:
    """Residents and the labor force of six years, and flows between the region and its state."""
    flows = {("stay", ""): 800, ("in", ""): 200, ("in", "99005"): 150, ("in", "99007"): 50,
             ("out", ""): 100, ("out", "99005"): 100, ("work", ""): 1000,
             ("home", ""): 900}  # fmt: skip
    rows = [("commuting", "region", name, 2021, end, value) for (name, end), value in flows.items()]
    for year in range(2018, 2024):
        rows += [("population", place, "population", year, "", n * (year - 1918))
                 for place, n in (("region", 400), ("state", 9000), ("nation", 3e6))]  # fmt: skip
        rows += [("labor_force", "region", name, year, "", value) for name, value in
                 (("labor_force", 20_000), ("employed", 19_000), ("unemployed", 1000))]  # fmt: skip
        rows += [("labor_force", place, "unemployment_rate", year, "", value)
                 for place, value in (("region", 5.0), ("state", 4.0))]  # fmt: skip
    columns = ["table", "place", "measure", "year", "area_fips", "value"]
    return pd.DataFrame(rows, columns=columns).assign(
        region="north", margin_of_error=0.0, n_counties=2, of_counties=2, lacking="",
        limits="",
    )  # fmt: skip


@cache
def _tables() -> StateTables:
    regions = pd.DataFrame(
        {
            "region": ["north"], "region_name": ["North & West"], "annual_avg_estabs": [1.0],
            "annual_avg_emplvl": [TOTAL_JOBS], "avg_annual_pay": [TOTAL_PAY],
            "emplvl_chg": [1132.0], "emplvl_pct_chg": [6.0], "withheld_cells_share": [0.62],
            "emplvl_estimated_share": [0.0], "sector_emplvl_estimated_share": [0.14],
            "threshold_annual_wage": [float(THRESHOLD)], "threshold_household": ["two adults"],
            "threshold_year": [2022], "threshold_source": ["Family budgets"],
        }
    )  # fmt: skip
    meta = {
        "state": "sample", "state_name": "Sample", "year": 2023, "base_year": 2018,
        "illustrative": False, "made_of": {"2023": "quarters", "2018": "annual"},
        "failed": {"south": "The store has no 2023 rows for 99009 Elm."},
        "sources": [
            {"source_id": 2, "name": "b.csv", "periods": "2023Q2", "vintage": "", "rows": 12,
             "sha256": "b" * 64},
            {"source_id": 1, "name": "a.csv", "periods": "2023Q1", "vintage": "revised",
             "rows": 1234, "sha256": "a" * 64},
        ],
        "breaks": ["Retail trade is not compared with 2018."], "notes": [],
    }  # fmt: skip
    nothing = pd.DataFrame({"region": pd.Series(dtype=str), "candidate": pd.Series(dtype=str)})
    return StateTables(
        meta=meta, total=pd.DataFrame({"kind": []}), regions=regions, candidates=_candidates(),
        industries=_industries(),
        counties=_counties(), quarters=_quarters(), jumps=_jumps(),
        growth=_growth(), shift_share=pd.DataFrame(), trend=_trend(), scores=_scores(),
        ranking=_ranking(), robustness=_robustness(), weights=_weights(), bases=_bases(),
        engagement=nothing, knowledge=nothing, readiness=nothing, uncovered=_uncovered(),
        context=_context(),
    )  # fmt: skip


@pytest.fixture
def state_tables() -> StateTables:
    """Tables of a state with one region, in 2023, growth measured from 2018."""
    return copy.deepcopy(_tables())


@pytest.fixture
def state() -> StateConfig:
    """Its definition: a region of two counties, and one that failed."""
    return StateConfig(
        slug="sample", name="Sample", state_fips="99", title="Regions of the sample",
        source=Citation(name="Office of Samples", url="https://example.org/regions"),
        regions=(
            Region(state="sample", key="north", name="North & West", counties=("99001", "99003")),
            Region(state="sample", key="south", name="South", counties=("99009",)),
        ),
        folder=Path("regions/sample"),
    )  # fmt: skip


@pytest.fixture
def counties() -> gpd.GeoDataFrame:
    """Four square counties in a row, and one of another state."""
    codes = [*COUNTIES, "98001"]
    return gpd.GeoDataFrame(
        {"area_fips": codes, "name": [*COUNTIES.values(), "Elsewhere"]},
        geometry=[shapely.box(-100 + i, 40, -99 + i, 41) for i in range(len(codes))],
        crs=4326,
    )


@pytest.fixture
def definitions() -> tuple[Candidate, ...]:
    """One working definition."""
    part = {"naics": ("622", "623"), "own": ("3", "5"), "exclude": ("6231",)}
    return (Candidate(key="care", name="Health care", why="They hire nurses.", industries=(part,)),)


@pytest.fixture
def criteria() -> tuple[Criterion, ...]:
    """Two criteria, one weighing three times as much as the other."""
    return (
        Criterion(key="pay", name="Pay", question="Does it pay?", measure="pay_ratio",
                  value=((0.5, 0.0), (1.5, 1.0)), weight=3.0,
                  screen={"flag": "wages", "above": 1.0}),
        Criterion(key="lq", name="Concentration", question="Is it here?", measure="lq",
                  value=((0.5, 0.0), (2.0, 1.0)), weight=1.0,
                  screen={"flag": "concentration", "at_least": 1.25}),
    )  # fmt: skip


@pytest.fixture
def make_profile(
    state_tables: StateTables,
    state: StateConfig,
    counties: gpd.GeoDataFrame,
    definitions: tuple[Candidate, ...],
    criteria: tuple[Criterion, ...],
) -> Callable[..., Profile]:
    """Open the profile with changes: ``candidates={"care": {"lq": 2.0}}``, ``total={...}``."""

    def make(
        out: Path | None = None,
        candidates: dict[str, dict[str, Any]] | None = None,
        total: dict[str, Any] | None = None,
        only: tuple[str, ...] | None = None,
        **meta: Any,
    ) -> Profile:
        for key, changes in (candidates or {}).items():
            for frame in (state_tables.candidates, state_tables.ranking):
                mine = {name: value for name, value in changes.items() if name in frame}
                for name, value in mine.items():
                    frame.loc[frame["candidate"] == key, name] = value
            new = set(changes) - set(state_tables.candidates) - set(state_tables.ranking)
            for name in sorted(new):
                state_tables.candidates[name] = state_tables.candidates["candidate"].map(
                    {key: changes[name]}
                )
        for name, value in (total or {}).items():
            state_tables.regions[name] = value
        state_tables.meta.update(meta)
        chosen = state_tables
        if only is not None:
            kept = state_tables.candidates["candidate"].isin(only)
            chosen = StateTables(
                **{**vars(state_tables), "candidates": state_tables.candidates[kept]}
            )
        return open_profile(
            chosen, "sample/north", state, counties, out, definitions=definitions,
            asked=Asked(criteria, set_aside=SetAside(reasons=(LOSING,))),
        )  # fmt: skip

    return make


@pytest.fixture
def profile(make_profile: Callable[..., Profile]) -> Profile:
    """The profile as the tables have it."""
    return make_profile()
