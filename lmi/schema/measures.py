"""Every measure of a candidate: what it is called, how it is written, when it is too vague.

One record each. Criteria and screens may read those that are `scored`; tables, sentences, files,
the bench and the workshop read their words, units and columns here.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Literal

from lmi import words
from lmi.words import Row
from lmi.words.intervals import (
    JOBS,
    PAY,
    cell,
    rough,
    rough_money,
    rough_quotient,
    signed_points,
)

__all__ = ["COLUMNS", "COVERAGE", "MEASURES", "SCORED", "Measure"]

COVERAGE = 0.9
"""Share of true values that an interval is to hold, of a number or of a rank."""

Writer = Callable[[Any], str]

OF_JOBS, OF_WAGES = "emplvl_estimated_share", "wages_estimated_share"
ENDS = ("_lo", "_hi")
INTERVAL = ("", *ENDS, "_is_vague")


@dataclass(frozen=True)
class Measure:
    """One measure of a candidate.

    Parameters
    ----------
    key : str
        Its column.
    meaning : str
        What it is, with its unit.
    number : {"jobs", "pay", "growth", "outlook", "concentration", "people", ""}
        Which of the numbers that every page shows it is a face of; one that is none is shown
        where a criterion reads it, by its title.
    title : str
        How a column's head or a card names it.
    noun : str
        What a sentence on a rank calls it ("its size"); a criterion's own name without it.
    says : str
        The second half of a sentence, where ``{}`` is the number as written; measures that take
        more to be said have a function in `lmi.assessment.predicates`.
    unknown : str
        What is not known where it is too uncertain ("what it pays").
    told_by : str
        Key of the measure that is written in its stead then.
    write, roughly : callable
        How the number is written, and how the ends of its interval are.
    estimated_by : str
        Column of the share that is estimated.
    vague_by : {"level", "change", "effect", ""}
        Which rule of `lmi.measures.certainty` says that it is too uncertain for a number.
    same_as : str
        Key of the measure of which it is another face: vague where that is.
    line : float, optional
        Value at which it changes what it says of a candidate.
    columns : tuple of str
        What of it goes into every CSV of measures and into a workshop's record, what belongs
        beside it included.
    scored : bool
        Whether a criterion may read it.
    """

    key: str
    meaning: str
    number: Literal["jobs", "pay", "growth", "outlook", "concentration", "people", ""] = ""
    title: str = ""
    noun: str = ""
    says: str = ""
    unknown: str = ""
    told_by: str = ""
    write: Writer = words.quotient
    roughly: Writer | None = None
    estimated_by: str = ""
    vague_by: Literal["level", "change", "effect", ""] = ""
    same_as: str = ""
    line: float | None = None
    columns: tuple[str, ...] = ()
    scored: bool = True

    @property
    def head(self) -> str:
        """Its title, or what it is."""
        return self.title or self.meaning.partition(",")[0].capitalize()

    def cell(self, row: Row) -> str:
        """Write it as a table shows it: marked where estimated in part, a range where all is open.

        Examples
        --------
        >>> row = {"lq": 0.8, "lq_lo": 0.2, "lq_hi": 1.9, "lq_is_vague": True}
        >>> MEASURES["lq"].cell(row), MEASURES["lq"].cell({"lq": 0.8})
        ('0.20 to 1.90', '0.80')
        """
        return cell(row, self.key, self.write, self.estimated_by, self.roughly)

    def sentence(self, row: Row) -> str:
        """Write it as the second half of a sentence; empty where it has none.

        Examples
        --------
        >>> MEASURES["annual_avg_estabs"].sentence({"annual_avg_estabs": 1204.0})
        'has 1,204 places of business'
        """
        value = row.get(self.key)
        if words.estimated(row.get(self.estimated_by)):
            return self.says.format(f"about {(self.roughly or self.write)(value)}")
        return self.says.format(self.write(value))


def _of(key: str, *ends: str) -> tuple[str, ...]:
    return tuple(f"{key}{end}" for end in ends)


_ALL = (
    Measure(
        "annual_avg_estabs",
        "establishments",
        title="Places of business",
        says="has {} places of business",
        write=words.whole,
        columns=("annual_avg_estabs",),
    ),
    Measure(
        JOBS,
        "jobs",
        number="jobs",
        title="Jobs",
        noun="its size",
        unknown="how many jobs it holds",
        write=words.whole,
        roughly=rough,
        estimated_by=OF_JOBS,
        vague_by="level",
        columns=(*_of(JOBS, "", "_published", *ENDS, "_is_vague", "_min", "_max"), OF_JOBS),
    ),
    Measure(
        "emplvl_share",
        "share of the region's jobs, 0 to 1",
        number="jobs",
        title="Share of jobs",
        noun="its size",
        unknown="how many jobs it holds",
        told_by=JOBS,
        write=words.share,
        vague_by="level",
        columns=_of("emplvl_share", *INTERVAL),
    ),
    Measure(
        "emplvl_per_estab",
        "jobs per establishment",
        title="Jobs per place",
        noun="the size of its employers",
        says="has {} jobs at each place of business, on average",
        unknown="how large its employers are",
        write=rough,
        roughly=rough,
        estimated_by=OF_JOBS,
        vague_by="level",
        columns=_of("emplvl_per_estab", *INTERVAL),
    ),
    Measure(
        "total_annual_wages",
        "wages, USD",
        vague_by="level",
        columns=(*_of("total_annual_wages", "", *ENDS), OF_WAGES),
        scored=False,
    ),
    Measure(
        PAY,
        "average annual pay, USD",
        number="pay",
        title="Average pay",
        noun="pay",
        unknown="what it pays",
        write=words.money,
        roughly=rough_money,
        estimated_by=OF_WAGES,
        vague_by="level",
        columns=_of(PAY, *INTERVAL),
    ),
    Measure(
        "annual_avg_wkly_wage",
        "average weekly wage, USD",
        vague_by="level",
    ),
    Measure(
        "pay_ratio",
        "average pay over the region's average pay",
        number="pay",
        noun="pay",
        unknown="what it pays",
        told_by=PAY,
        vague_by="level",
        line=1.0,
        columns=_of("pay_ratio", *INTERVAL),
    ),
    Measure(
        "pay_to_threshold_ratio",
        "average pay over the family-sustaining threshold",
        number="pay",
        noun="pay",
        unknown="what it pays",
        told_by=PAY,
        vague_by="level",
        line=1.0,
        columns=_of("pay_to_threshold_ratio", *INTERVAL),
    ),
    Measure(
        "lq",
        "location quotient against the nation",
        number="concentration",
        title="LQ nation",
        noun="concentration against the nation",
        unknown="how concentrated it is",
        roughly=rough_quotient,
        estimated_by=OF_JOBS,
        vague_by="level",
        line=1.0,
        columns=_of("lq", *INTERVAL),
    ),
    Measure(
        "lq_state",
        "location quotient against the reference states",
        number="concentration",
        title="LQ state",
        noun="concentration against the state",
        unknown="how concentrated it is in the state",
        roughly=rough_quotient,
        estimated_by=OF_JOBS,
        vague_by="level",
        line=1.0,
        columns=_of("lq_state", *INTERVAL),
    ),
    Measure(
        "emplvl_chg",
        "change in jobs",
        number="growth",
        same_as="emplvl_pct_chg",
        columns=("base_year", *_of("emplvl_chg", *INTERVAL)),
    ),
    Measure(
        "emplvl_pct_chg",
        "change in jobs, percent",
        number="growth",
        title="Change in jobs",
        noun="past growth",
        unknown="how its jobs changed",
        write=words.signed_pct,
        roughly=signed_points,
        vague_by="change",
        line=0.0,
        columns=_of("emplvl_pct_chg", *INTERVAL),
    ),
    Measure(
        "emplvl_pct_chg_over_region",
        "change in jobs beyond that of all the region's jobs, points",
    ),
    Measure(
        "emplvl_cagr",
        "compound yearly change in jobs",
        number="growth",
        noun="past growth",
        unknown="how its jobs changed",
        write=signed_points,
        same_as="emplvl_pct_chg",
        line=0.0,
        columns=(*_of("emplvl_cagr", *INTERVAL), "growth_basis", "is_break"),
    ),
    Measure(
        "national_growth",
        "jobs gained at the nation's pace",
        columns=_of("national_growth", "", *ENDS),
        scored=False,
    ),
    Measure(
        "industry_mix",
        "jobs gained at the pace of the same industries in the nation, beyond the nation's",
        columns=_of("industry_mix", "", *ENDS),
        scored=False,
    ),
    Measure(
        "competitive_share",
        "jobs gained beyond the nation's pace in the same industries",
        vague_by="effect",
        columns=_of("competitive_share", *INTERVAL),
    ),
    Measure(
        "competitive_share_state",
        "jobs gained beyond the states' pace in the same industries",
        vague_by="effect",
    ),
    Measure(
        "projected_emplvl_pct_chg",
        "projected change in jobs, percent over the horizon",
        number="outlook",
        title="Projected change",
        noun="projected growth",
        unknown="how it is projected to grow",
        write=words.signed_pct,
        roughly=signed_points,
        vague_by="change",
        line=0.0,
        columns=_of("projected_emplvl_pct_chg", *INTERVAL),
    ),
    Measure(
        "projected_emplvl_cagr",
        "projected compound yearly change in jobs",
        number="outlook",
        noun="projected growth",
        unknown="how it is projected to grow",
        write=words.signed_pct,
        same_as="projected_emplvl_pct_chg",
        line=0.0,
        columns=(
            *_of("projected_emplvl_cagr", *INTERVAL),
            "projection_source",
            "projection_horizon",
        ),
    ),
    Measure(
        "projected_emplvl_pct_chg_over_region",
        "projected change in jobs beyond that of all the region's jobs, points over the horizon",
    ),
    Measure(
        "engagement_organisations",
        "organisations that already work with its employers",
        number="people",
        noun="employer engagement",
        write=words.whole,
    ),
    Measure(
        "engagement_systems",
        "systems that these belong to, 0 to 4",
        number="people",
        write=words.whole,
    ),
    Measure(
        "local_rating",
        "mean rating of what people on the ground say, 1 to 5",
        number="people",
        noun="what people say of it",
    ),
    Measure(
        "local_statements", "statements of people on the ground", number="people", write=words.whole
    ),
    Measure("readiness_rating", "mean rating of the industry's readiness, 1 to 5", number="people"),
)

MEASURES: dict[str, Measure] = {measure.key: measure for measure in _ALL}
"""Every measure by its column."""

SCORED: dict[str, Measure] = {key: measure for key, measure in MEASURES.items() if measure.scored}
"""Those that a criterion or a screen can read."""

COLUMNS: tuple[str, ...] = tuple(column for measure in _ALL for column in measure.columns)
"""The columns of every CSV of measures, in their order."""
