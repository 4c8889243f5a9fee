"""Industries as QCEW codes them: grammar, hierarchy, vintages, breaks.

`grammar` reads codes, `hierarchy` climbs from them, `lists` knows which exist in which vintage,
`tree` what they consist of, `sets` adds them up, `breaks` follows them through revisions. Import
from here; whole columns are read in `lmi.codes.whole_columns`.
"""

from __future__ import annotations

from lmi.naics.breaks import break_reasons, is_closed
from lmi.naics.grammar import (
    DOMAINS,
    LEVELS,
    SECTORS,
    SUPERSECTORS,
    TOTAL,
    Industry,
    industry_level,
    parse_industry,
)
from lmi.naics.hierarchy import (
    ancestors,
    containers,
    contains,
    domain_of,
    parent,
    sector_of,
    supersector_of,
)
from lmi.naics.lists import (
    FIRST_YEAR,
    VINTAGES,
    industry_title,
    is_known,
    naics_year,
    unknown_industry,
)
from lmi.naics.sets import cover, overlaps
from lmi.naics.tree import children, known_industries, leaves

__all__ = [
    "DOMAINS",
    "FIRST_YEAR",
    "LEVELS",
    "SECTORS",
    "SUPERSECTORS",
    "TOTAL",
    "VINTAGES",
    "Industry",
    "ancestors",
    "break_reasons",
    "children",
    "containers",
    "contains",
    "cover",
    "domain_of",
    "industry_level",
    "industry_title",
    "is_closed",
    "is_known",
    "known_industries",
    "leaves",
    "naics_year",
    "overlaps",
    "parent",
    "parse_industry",
    "sector_of",
    "supersector_of",
    "unknown_industry",
]
