"""The tables that a state's folder may hold: what its teams know and expect, what pay is enough."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from lmi.schema.columns import AS_NAMED, Column, Table, year_column
from lmi.schema.others import PROJECTIONS, THRESHOLDS

__all__ = [
    "ENGAGEMENT",
    "LOCAL_KNOWLEDGE",
    "OWN_PROJECTIONS",
    "OWN_TABLES",
    "OWN_THRESHOLDS",
    "PARTNERSHIP_METRICS",
    "RATINGS",
]

RATINGS = (1, 5)
"""The least and the most that a rating can be; 3 speaks neither for nor against."""


def _typed(columns: Iterable[Column]) -> Iterator[Column]:
    """A code that people type is a text until whoever uses it has taken it apart."""
    return (replace(c, dtype="text") if c.dtype == "code" else c for c in columns)


ENGAGEMENT = Table(
    "engagement",
    (
        Column("organisation", "text", "", "Who works with employers", aliases=("organization",)),
        Column("system", "text", "", "Workforce, education, economic development or community"),
        Column("effort", "text", "", "What it does with employers"),
        Column("candidate", "text", "", "Candidate sector"),
        year_column("since", "Year that it began", blank=True, since=1800),
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
        Column("voice", "text", "", "Rows of one voice on a sector count as one", blank=True),
    ),
    key=("candidate", "region", "statement"),
    replaces=(),
    optional=frozenset({"item", "voice"}),
)  # fmt: skip
OWN_PROJECTIONS = replace(
    PROJECTIONS,
    columns=(Column("region", "text", "", "Region"), *_typed(PROJECTIONS.columns[1:])),
    key=("region", *PROJECTIONS.key[1:]),
    replaces=(),
)
OWN_THRESHOLDS = replace(
    THRESHOLDS,
    columns=(
        Column("area_fips", "text", "", "County, or the whole state", blank=True),
        Column("region", "text", "", "Region", blank=True),
        *THRESHOLDS.columns[1:],
    ),
    key=("household", "year"),
    replaces=(),
    optional=frozenset({"area_fips", "region"}),
)
PARTNERSHIP_METRICS = Table(
    "partnership_metrics",
    (
        Column("date", "text", "", "Day, month or year that the value is of"),
        Column("metric", "text", "", "Key of the metric, in the catalogue or of its own"),
        Column(
            "value", "float", AS_NAMED, "What was counted; blank where it is a story", True,
            lowest=0, highest=1e12,
        ),
        Column("unit", "text", "", "Unit of the value, as the catalogue has it", True),
        Column("kind", "text", "", "Process or impact, as the catalogue has it", True),
        Column("category", "text", "", "Category of impact, as the catalogue has it", True),
        Column("stage", "text", "", "Early, mid or mature, as the catalogue has it", True),
        Column("evidence", "text", "", "What shows it, so that another could check", True),
        Column("source", "text", "", "Who counted it, and where"),
        Column("story", "text", "", "What happened, in a sentence or two", True),
    ),
    key=("date", "metric"),
    replaces=(),
    optional=frozenset({"unit", "kind", "category", "stage", "evidence", "story"}),
)  # fmt: skip
OWN_TABLES = {t.name: t for t in (ENGAGEMENT, LOCAL_KNOWLEDGE, OWN_PROJECTIONS, OWN_THRESHOLDS)}
"""By the name of the file, which ends in ``.csv``."""
