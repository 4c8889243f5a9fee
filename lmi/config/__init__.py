"""Regions, candidate sectors and criteria: what a state or a team owns, as plain YAML.

Read with `load_state`, `load_candidates` and `load_asked`; every mistake in a file reaches its
author as one sentence that names the file, the line, the key, the value and the remedy.
"""

from __future__ import annotations

from lmi.config.asked import Asked, load_asked
from lmi.config.candidates import candidate_breaks, candidate_cells, candidate_overlaps
from lmi.config.criterion import GROUND
from lmi.config.explain import describe_candidate, describe_region, describe_state
from lmi.config.layers import load_candidates
from lmi.config.load import find_region, list_states, load_state, named_state
from lmi.config.models import (
    Candidate,
    CandidatePart,
    Citation,
    Criterion,
    CriticalMass,
    MeasureLine,
    NamedScreen,
    Region,
    Screen,
    StateConfig,
)
from lmi.config.projection_tables import ProjectionTable
from lmi.config.set_aside import AsideReason, SetAside
from lmi.config.wages import Wages, load_wages

__all__ = [
    "GROUND",
    "AsideReason",
    "Asked",
    "Candidate",
    "CandidatePart",
    "Citation",
    "Criterion",
    "CriticalMass",
    "MeasureLine",
    "NamedScreen",
    "ProjectionTable",
    "Region",
    "Screen",
    "SetAside",
    "StateConfig",
    "Wages",
    "candidate_breaks",
    "candidate_cells",
    "candidate_overlaps",
    "describe_candidate",
    "describe_region",
    "describe_state",
    "find_region",
    "list_states",
    "load_asked",
    "load_candidates",
    "load_state",
    "load_wages",
    "named_state",
]
