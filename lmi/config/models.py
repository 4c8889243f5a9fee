"""What a state, a region, a candidate sector and a criterion are.

The models are frozen and carry no numbers from data: they are working definitions, and cheap to
change. A region knows its counties; the areas that it is compared with follow from them.
"""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from pathlib import Path
from typing import Literal

from pydantic import Field, model_validator

from lmi import codes
from lmi.codes import OWN_CODES
from lmi.config.branding import Branding
from lmi.config.criterion import Criterion, CriticalMass, MeasureLine, NamedScreen, Screen
from lmi.config.fields import Code, Definition, Slug, Text
from lmi.config.projection_tables import ProjectionTable
from lmi.config.validate import problem
from lmi.errors import ConfigError
from lmi.words import did_you_mean, listing

__all__ = [
    "Candidate",
    "CandidatePart",
    "Citation",
    "Criterion",
    "CriticalMass",
    "MeasureLine",
    "NamedScreen",
    "Region",
    "Screen",
    "StateConfig",
]


class Citation(Definition):
    """Who drew the regions.

    Parameters
    ----------
    name : str
        The office and the name of its list.
    url : str
        Its public address, empty where there is none.
    retrieved : datetime.date or None
        The day on which the list was read.
    note : str
        What a reader must know of it.
    """

    name: Text
    url: str = ""
    retrieved: datetime.date | None = None
    note: str = ""


class Region(Definition):
    """A named set of counties that a team works in.

    Parameters
    ----------
    state : str
        Slug of the state's folder.
    key : str
        Slug of the region in its state.
    counties : tuple of str
        County codes, in ascending order.
    note : str
        What a reader must know of it.
    combined : bool
        Whether it is made of other regions of its state, which a state total must not add again.

    Examples
    --------
    >>> from lmi.config import Region
    >>> gorge = Region(state="oregon", key="gorge", name="The Gorge", counties=["41065", "53059"])
    >>> gorge.id, gorge.reference_states, gorge.nation
    ('oregon/gorge', ('41000', '53000'), 'US000')
    """

    state: Slug
    key: Slug
    name: Text
    counties: tuple[str, ...] = Field(min_length=1)
    note: str = ""
    combined: bool = False

    @model_validator(mode="after")
    def _counties_of_one_nation(self) -> Region:
        for county in self.counties:
            if not codes.is_county(county):
                raise problem(f"{county!r} is not a county; a county code has five digits")
            if self.counties.count(county) > 1:
                raise problem(f"{county!r} stands twice; keep one of them")
            if codes.nation_of(county) != self.nation:
                raise problem(f"{county!r} is of another nation than {self.counties[0]!r}")
        return self

    @property
    def id(self) -> str:
        """The region's name in commands, ``STATE/REGION``."""
        return f"{self.state}/{self.key}"

    @property
    def state_fips(self) -> tuple[str, ...]:
        """States that its counties lie in, in ascending order."""
        return tuple(sorted({codes.state_of(county) for county in self.counties}))

    @property
    def reference_states(self) -> tuple[str, ...]:
        """Statewide areas that it is compared with."""
        return tuple(codes.statewide(state) for state in self.state_fips)

    @property
    def nation(self) -> str:
        """The nation that it is compared with."""
        return codes.nation_of(self.counties[0])


class StateConfig(Definition):
    """A state's set of regions.

    Parameters
    ----------
    slug : str
        Name of its folder.
    state_fips : str
        Two digits.
    title : str
        What the set of regions is called.
    partition : bool
        Whether every county of the state is in exactly one region.
    regions : tuple of Region
        In the order of the file.
    county_year : int or None
        Year whose county boundaries the set follows, None for the newest.
    illustrative : bool
        Whether the state is fictional.
    staff : bool
        Whether what is made is for staff and not published, so that numbers of fewer than three
        employers are shown.
    note : str
        What a reader must know of the set.
    projections : mapping of str to ProjectionTable
        How the state's own projections are laid out.
    """

    slug: Slug
    name: Text
    state_fips: Code
    title: Text
    source: Citation
    partition: bool = False
    regions: tuple[Region, ...]
    county_year: int | None = None
    illustrative: bool = False
    staff: bool = False
    note: str = ""
    branding: Branding | None = None
    projections: Mapping[Slug, ProjectionTable] = Field(default_factory=dict)
    folder: Path

    def region(self, key: str) -> Region:
        """Return the region of a key.

        Raises
        ------
        ConfigError
            The state has no such region.
        """
        for region in self.regions:
            if region.key == key:
                return region
        keys = [region.key for region in self.regions]
        hint = did_you_mean(key, keys) or f"; its regions are {listing(keys)}"
        raise ConfigError(
            f"{self.slug} has no region {key!r}{hint}.", file=self.folder / "state.yml"
        )


class CandidatePart(Definition):
    """Industries of a candidate that share their ownerships.

    Parameters
    ----------
    naics : tuple of str
        Industry codes of any NAICS level.
    own : tuple of str
        Ownership codes, ``"5"`` (private) unless stated.
    exclude : tuple of str
        Industry codes to leave out of `naics`.
    """

    naics: tuple[Code, ...] = Field(min_length=1)
    own: tuple[Code, ...] = ("5",)
    exclude: tuple[Code, ...] = ()

    @model_validator(mode="after")
    def _ownerships(self) -> CandidatePart:
        if not self.own:
            raise problem('the list is empty; private employers are ["5"]', "own")
        for code in self.own:
            if code == "0":
                raise problem(
                    "'0' (all ownerships together) is published for the all-industry total only; "
                    f"list the ownerships that you mean, all of them being {_quoted(OWN_CODES)}",
                    "own",
                )
            if code not in OWN_CODES:
                meant = listing((f'"{c}" {title}' for c, title in OWN_CODES.items()), last="or")
                raise problem(f"{code!r} is not an ownership; write {meant}", "own")
            if self.own.count(code) > 1:
                raise problem(f"{code!r} stands twice; keep one of them", "own")
        return self


class Candidate(Definition):
    """A working definition of a sector that a team might choose.

    Parameters
    ----------
    key : str
        Slug.
    why : str
        One sentence: why these industries belong together.
    industries : tuple of CandidatePart
        What it is made of; no industry and ownership stands in it twice.
    part_of : str or None
        Key of the candidate that it is a part of, all of its industries lying within that one.
    ranked : {"whole", "parts"}
        Of a candidate that others are parts of, which level is ranked; the other stands beside.

    Examples
    --------
    >>> from lmi.config import Candidate
    >>> Candidate(key="construction", name="Construction", why="One trade.",
    ...           industries=[{"naics": ["23"]}]).industries[0].own
    ('5',)
    """

    key: Slug
    name: Text
    why: Text
    industries: tuple[CandidatePart, ...] = Field(min_length=1)
    part_of: Slug | None = None
    ranked: Literal["whole", "parts"] = "whole"


def _quoted(items: dict[str, str]) -> str:
    return "[" + ", ".join(f'"{code}"' for code in items) + "]"
