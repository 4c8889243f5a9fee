"""A state computed once: from the store to the tables that profiles, scores and exports read."""

from lmi.analysis.compute import analyse
from lmi.analysis.tables import StateTables

__all__ = ["StateTables", "analyse"]
