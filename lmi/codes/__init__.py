"""The codes of QCEW rows: areas, ownerships, sizes and aggregation levels.

`areas` reads area codes, `names` names them, `changes` knows which counties changed when,
`ownership` and `levels` hold the short codes, `columns` reads whole columns at once. Industries
are in `lmi.naics`. Import from here, and columns from `lmi.codes.whole_columns`.
"""

from __future__ import annotations

from lmi.codes.areas import (
    ABROAD,
    NATION,
    SAMPLE_NATION,
    SAMPLE_STATE,
    STATES,
    Area,
    nation_of,
    parse_area,
    state_of,
    statewide,
)
from lmi.codes.county_changes import (
    CountyChange,
    area_break_reasons,
    counted_with,
    counties_of,
    county_changes,
    in_use,
    tied_codes,
)
from lmi.codes.levels import AggLevel, agglvl_code, parse_agglvl
from lmi.codes.names import (
    area_of_title,
    area_title,
    county_name,
    is_area,
    is_county,
    known_areas,
    spelled,
    state_name,
    state_postal,
)
from lmi.codes.ownership import (
    ALL_OWNERS,
    GOVERNMENT,
    OWN_CODES,
    OWNERS,
    OWNERSHIPS,
    PRIVATE,
    SIZES,
    ownership_parts,
)

__all__ = [
    "ABROAD",
    "ALL_OWNERS",
    "GOVERNMENT",
    "NATION",
    "OWNERS",
    "OWN_CODES",
    "OWNERSHIPS",
    "PRIVATE",
    "SAMPLE_NATION",
    "SAMPLE_STATE",
    "SIZES",
    "STATES",
    "AggLevel",
    "Area",
    "CountyChange",
    "agglvl_code",
    "area_break_reasons",
    "area_of_title",
    "area_title",
    "counted_with",
    "counties_of",
    "county_changes",
    "county_name",
    "in_use",
    "is_area",
    "is_county",
    "known_areas",
    "nation_of",
    "ownership_parts",
    "parse_agglvl",
    "parse_area",
    "spelled",
    "state_name",
    "state_of",
    "state_postal",
    "statewide",
    "tied_codes",
]
