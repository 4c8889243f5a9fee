"""Every measure of a candidate: what it is called, how it is written, when it is too vague.

One record each. Criteria and screens may read those that are `scored`; tables, sentences, files,
the bench and the workshop read their words, units and columns here.
"""

from __future__ import annotations

from lmi import words
from lmi.schema.measure import ENDS, Measure, named
from lmi.schema.outlooks import OUTLOOK_MEASURES
from lmi.schema.people import PEOPLE_MEASURES
from lmi.words import Row, holds
from lmi.words.how_sure import CONFIDENTIAL as TOLD
from lmi.words.how_sure import JOBS, PAY
from lmi.words.intervals import rough, rough_money, rough_quotient, signed_points

__all__ = [
    "COLUMNS", "COVERAGE", "JUDGED", "LATEST", "MEASURES", "OF_JOBS", "PLACES",
    "SCORED", "STANDS_IN", "threshold_name",
]  # fmt: skip

COVERAGE = 0.9
"""Share of true values that an interval is to hold, of a number or of a rank."""

STANDS_IN = "threshold_is_fallback"
OF_JOBS, OF_WAGES = "emplvl_estimated_share", "wages_estimated_share"
LATEST = {1: "emplvl_pct_chg_1yr", 2: "emplvl_pct_chg_2yr"}
"""The change over the latest years, by how many."""
INTERVAL = ("", *ENDS, "_is_vague")
PLACES = "rank_places"


_ALL = (
    Measure(
        "annual_avg_estabs",
        "establishments",
        "establishments",
        title="Places of business",
        says="has {} places of business",
        write=words.places,
        columns=("annual_avg_estabs",),
    ),
    Measure(
        JOBS,
        "jobs",
        "jobs",
        number="jobs",
        title="Jobs",
        noun="its size",
        unknown="how many jobs it holds",
        write=words.whole,
        roughly=rough,
        estimated_by=OF_JOBS,
        vague_by="level",
        columns=(*named(JOBS, "", "_published", *INTERVAL[1:], "_min", "_max"), OF_JOBS, TOLD[0]),
    ),
    Measure(
        OF_JOBS,
        "share of its jobs that is estimated",
        "share",
        says="has {} of its jobs estimated",
        write=words.share,
    ),
    Measure(
        "emplvl_share",
        "share of the region's jobs",
        "share",
        number="jobs",
        title="Share of jobs",
        noun="its size",
        unknown="how many jobs it holds",
        told_by=JOBS,
        write=words.share,
        vague_by="level",
        columns=named("emplvl_share", *INTERVAL),
    ),
    Measure(
        "emplvl_public_share",
        "share of its jobs that public employers have",
        "share",
        title="Public employers",
        says="has {} of its jobs at public employers",
        write=words.share,
        estimated_by=OF_JOBS,
        columns=named("emplvl_public_share", "", *ENDS),
    ),
    Measure(
        "emplvl_per_estab",
        "jobs per establishment",
        "jobs",
        title="Jobs per place",
        noun="the size of its employers",
        says="has {} jobs at each place of business, on average",
        unknown="how large its employers are",
        write=rough,
        roughly=rough,
        estimated_by=OF_JOBS,
        vague_by="level",
        columns=named("emplvl_per_estab", *INTERVAL),
    ),
    Measure(
        "total_annual_wages",
        "wages",
        "USD",
        vague_by="level",
        columns=(*named("total_annual_wages", "", *ENDS), OF_WAGES),
        scored=False,
    ),
    Measure(
        PAY,
        "average annual pay",
        "USD",
        number="pay",
        title="Average pay",
        noun="pay",
        unknown="what it pays",
        write=words.money,
        roughly=rough_money,
        estimated_by=OF_WAGES,
        vague_by="level",
        columns=named(PAY, *INTERVAL),
    ),
    Measure("annual_avg_wkly_wage", "average weekly wage", "USD", vague_by="level"),
    Measure(
        "pay_ratio",
        "average pay over the region's average pay",
        "ratio",
        number="pay",
        noun="pay",
        unknown="what it pays",
        told_by=PAY,
        estimated_by=OF_WAGES,
        vague_by="level",
        line=1.0,
        columns=named("pay_ratio", *INTERVAL),
    ),
    Measure(
        "pay_to_threshold_ratio",
        "average pay over the family-sustaining threshold",
        "ratio",
        number="pay",
        noun="pay",
        unknown="what it pays",
        told_by=PAY,
        estimated_by=OF_WAGES,
        vague_by="level",
        line=1.0,
        columns=(
            *named("pay_to_threshold_ratio", *INTERVAL),
            "threshold_annual_wage",
            STANDS_IN,
        ),
    ),
    Measure(
        "lq",
        "location quotient against the nation",
        "ratio",
        number="concentration",
        title="LQ nation",
        noun="concentration against the nation",
        unknown="how concentrated it is",
        roughly=rough_quotient,
        estimated_by=OF_JOBS,
        vague_by="level",
        line=1.0,
        columns=named("lq", *INTERVAL),
    ),
    Measure(
        "lq_state",
        "location quotient against the reference states",
        "ratio",
        number="concentration",
        title="LQ state",
        noun="concentration against the state",
        unknown="how concentrated it is in the state",
        roughly=rough_quotient,
        estimated_by=OF_JOBS,
        vague_by="level",
        line=1.0,
        columns=named("lq_state", *INTERVAL),
    ),
    *(
        Measure(
            f"{key}_base",
            f"location quotient against {whom} in the base year",
            "ratio",
            roughly=rough_quotient,
            vague_by="level",
            columns=named(f"{key}_base", *INTERVAL),
            scored=False,
        )
        for key, whom in (("lq", "the nation"), ("lq_state", "the reference states"))
    ),
    Measure(
        "emplvl_chg",
        "change in jobs",
        "jobs",
        number="growth",
        same_as="emplvl_pct_chg",
        columns=("base_year", *named("emplvl_chg", *INTERVAL)),
    ),
    Measure(
        "emplvl_pct_chg",
        "change in jobs",
        "percent",
        number="growth",
        title="Change in jobs",
        noun="past growth",
        unknown="how its jobs changed",
        write=words.signed_pct,
        roughly=signed_points,
        vague_by="change",
        line=0.0,
        columns=named("emplvl_pct_chg", *INTERVAL),
    ),
    *(
        Measure(
            key,
            f"change in jobs over the latest {years}",
            "percent",
            number="growth",
            title=f"Change in {years}",
            noun="past growth",
            unknown="how its jobs changed",
            write=words.signed_pct,
            roughly=signed_points,
            vague_by="change",
            line=0.0,
            columns=named(key, *INTERVAL),
        )
        for key, years in ((LATEST[1], "one year"), (LATEST[2], "two years"))
    ),
    Measure(
        "emplvl_pct_chg_over_region",
        "change in jobs beyond that of all the region's jobs",
        "points",
    ),
    Measure(
        "emplvl_cagr",
        "compound yearly change in jobs",
        "percent a year",
        number="growth",
        noun="past growth",
        unknown="how its jobs changed",
        write=signed_points,
        same_as="emplvl_pct_chg",
        line=0.0,
        columns=(*named("emplvl_cagr", *INTERVAL), "growth_basis", "is_break", TOLD[1]),
    ),
    Measure(
        "national_growth",
        "jobs gained at the nation's pace",
        "jobs",
        columns=named("national_growth", "", *ENDS),
        scored=False,
    ),
    Measure(
        "industry_mix",
        "jobs gained at the pace of the same industries in the nation, beyond the nation's",
        "jobs",
        columns=named("industry_mix", "", *ENDS),
        scored=False,
    ),
    Measure(
        "competitive_share",
        "jobs gained beyond the nation's pace in the same industries",
        "jobs",
        vague_by="effect",
        columns=named("competitive_share", *INTERVAL),
    ),
    Measure(
        "competitive_share_state",
        "jobs gained beyond the states' pace in the same industries",
        "jobs",
        vague_by="effect",
    ),
    *OUTLOOK_MEASURES,
    *PEOPLE_MEASURES,
    Measure(
        PLACES,
        "places from the best to the worst rank that withheld numbers leave open",
        "places",
        write=words.whole,
        scored=False,
    ),
)

MEASURES: dict[str, Measure] = {measure.key: measure for measure in _ALL}
"""Every measure by its column."""

SCORED: dict[str, Measure] = {key: measure for key, measure in MEASURES.items() if measure.scored}
"""Those that a criterion or a screen can read."""

JUDGED: dict[str, Measure] = {**SCORED, PLACES: MEASURES[PLACES]}
"""Those that a reason to set a candidate aside can read: a rank's width too."""

COLUMNS: tuple[str, ...] = tuple(column for measure in _ALL for column in measure.columns)
"""The columns of every CSV of measures, in their order."""


def threshold_name(row: Row) -> str:
    """Name the pay that a candidate's is held against: one by the poverty line stands in.

    Examples
    --------
    >>> threshold_name({"threshold_is_fallback": True}), threshold_name({})
    ('the poverty-based threshold', 'the pay threshold')
    """
    return "the poverty-based threshold" if holds(row, STANDS_IN) else "the pay threshold"
