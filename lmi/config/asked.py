"""All that is asked of a region's candidates."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

from lmi.config.layers import (
    load_criteria,
    load_critical_mass,
    load_screens,
    load_set_aside,
)
from lmi.config.models import Criterion, CriticalMass, NamedScreen, StateConfig
from lmi.config.set_aside import SetAside

__all__ = ["Asked", "load_asked"]


class Asked(NamedTuple):
    """What is asked of a region's candidates.

    Attributes
    ----------
    screens : tuple of NamedScreen
        Lines beside the criteria's own.
    set_aside : SetAside
        Why a candidate has no rank.
    critical_mass : CriticalMass or None
        Without which neither wages nor concentration make a driver of the economy.
    """

    criteria: tuple[Criterion, ...]
    screens: tuple[NamedScreen, ...] = ()
    set_aside: SetAside = SetAside()
    critical_mass: CriticalMass | None = None


def load_asked(
    state: StateConfig,
    regions_dir: Path | None = None,
    over: Path | None = None,
    region: str | None = None,
) -> Asked:
    """Read what is asked of a region's candidates, as `load_criteria` and its fellows.

    Raises
    ------
    ConfigError
        A criterion, a screen or a reason cannot be.
    """
    return Asked(
        load_criteria(state, regions_dir, over, region),
        load_screens(state, regions_dir, over, region),
        load_set_aside(state, regions_dir, over, region),
        load_critical_mass(state, regions_dir, over, region),
    )
