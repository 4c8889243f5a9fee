"""The tables of a profile: what a reader sees of them, and what goes into the CSV beside them."""

from lmi.report.tables.criteria import criteria_table, definitions_table
from lmi.report.tables.evidence import growth_table, industries_table
from lmi.report.tables.ground import engagement_table, knowledge_table, readiness_table
from lmi.report.tables.provenance import quality_table, sources_table
from lmi.report.tables.ranking import ranking_table, weights_table

__all__ = [
    "criteria_table",
    "definitions_table",
    "engagement_table",
    "growth_table",
    "industries_table",
    "knowledge_table",
    "quality_table",
    "ranking_table",
    "readiness_table",
    "sources_table",
    "weights_table",
]
