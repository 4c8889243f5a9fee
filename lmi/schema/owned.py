"""The tables that a state's folder may hold: what its teams know and expect, what pay is enough."""

from __future__ import annotations

from lmi.schema.columns import Column, Table, year_column

__all__ = ["ENGAGEMENT", "LOCAL_KNOWLEDGE", "OWN_PROJECTIONS", "OWN_THRESHOLDS", "RATINGS"]

RATINGS = (1, 5)
"""The least and the most that a rating can be; 3 speaks neither for nor against."""

ENGAGEMENT = Table(
    "engagement",
    (
        Column("organisation", "text", "", "Who works with employers", aliases=("organization",)),
        Column("system", "text", "", "Workforce, education, economic development or community"),
        Column("effort", "text", "", "What it does with employers"),
        Column("candidate", "text", "", "Candidate sector"),
        year_column("since", "Year that it began", blank=True),
        Column("region", "text", "", "Region, blank for the whole state", blank=True),
    ),
    key=("organisation", "effort", "candidate"),
    replaces=(),
    optional=frozenset({"region", "since"}),
)
LOCAL_KNOWLEDGE = Table(
    "local_knowledge",
    (
        Column("candidate", "text", "", "Candidate sector"),
        Column("region", "text", "", "Region"),
        Column("statement", "text", "", "What was said; may be blank beside an item", blank=True),
        Column(
            "rating", "int", "1 to 5", "How it speaks for the candidate",
            lowest=RATINGS[0], highest=RATINGS[1],
        ),
        Column("who", "text", "", "Role of the speaker"),
        Column("date", "text", "", "When"),
        Column("item", "text", "", "Readiness item, blank for a general statement", blank=True),
    ),
    key=("candidate", "region", "statement"),
    replaces=(),
    optional=frozenset({"item"}),
)  # fmt: skip
OWN_PROJECTIONS = Table(
    "projections",
    (
        Column("region", "text", "", "Region"),
        Column("industry_code", "text", "", "Industry"),
        Column("own_code", "text", "", "Ownership, 0 for all"),
        year_column("base_year", "Year that the projection starts from"),
        year_column("projected_year", "Year that it reaches"),
        Column("base_emplvl", "float", "jobs", "Employment in the base year", lowest=0),
        Column("projected_emplvl", "float", "jobs", "Employment in the projected year", lowest=0),
        Column("source", "text", "", "Who projected it"),
    ),
    key=("region", "industry_code", "own_code", "base_year", "projected_year"),
    replaces=(),
)
OWN_THRESHOLDS = Table(
    "thresholds",
    (
        Column("area_fips", "text", "", "County, or the whole state", blank=True),
        Column("region", "text", "", "Region", blank=True),
        Column("household", "text", "", "Household that the threshold sustains"),
        year_column("year", "Year of its prices"),
        Column("annual_wage", "float", "USD per year", "Pay that sustains it", lowest=5000),
        Column("source", "text", "", "Who computed it"),
    ),
    key=("household", "year"),
    replaces=(),
    optional=frozenset({"area_fips", "region"}),
)
