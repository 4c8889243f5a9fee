"""The tables of a profile: what a reader sees of them, and what goes into the CSV beside them."""

from lmi.report.tables.criteria import criteria_table, definitions_table, weights_table
from lmi.report.tables.evidence import growth_table, industries_table
from lmi.report.tables.provenance import quality_table, sources_table

__all__ = [
    "criteria_table",
    "definitions_table",
    "growth_table",
    "industries_table",
    "quality_table",
    "sources_table",
    "weights_table",
]
