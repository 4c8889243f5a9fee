"""The shape of the files in regions/, before their counties and industries are looked up."""

from __future__ import annotations

from pydantic import Field, field_validator

from lmi.config.branding import Branding
from lmi.config.fields import Code, Definition, Slug, Text
from lmi.config.models import Citation
from lmi.config.projection_tables import ProjectionTable
from lmi.config.validate import problem

__all__ = ["RegionFile", "StateFile"]

_FIRST_COUNTY_YEAR, _LAST_COUNTY_YEAR = 1990, 2100


class RegionFile(Definition):
    """A region as its author writes it: counties, other regions, or both, minus some counties."""

    name: Text
    counties: tuple[Code, ...] = ()
    include: tuple[Slug, ...] = ()
    exclude: tuple[Code, ...] = ()
    note: str = ""


class StateFile(Definition):
    """``regions/STATE/state.yml``."""

    state: Text
    state_fips: Code
    title: Text
    source: Citation
    partition: bool = False
    county_year: int | None = None
    illustrative: bool | None = None
    staff: bool = False
    note: str = ""
    branding: Branding | None = None
    projections: dict[Slug, ProjectionTable] = Field(default_factory=dict)
    regions: dict[Slug, RegionFile] = Field(min_length=1)

    @field_validator("state_fips")
    @classmethod
    def _two_digits(cls, code: str) -> str:
        if len(code) != 2 or not (code.isascii() and code.isdigit()):
            raise problem(f'{code!r} is not a state code, which is two digits such as "08"')
        return code

    @field_validator("county_year")
    @classmethod
    def _plausible(cls, year: int | None) -> int | None:
        if year is not None and not _FIRST_COUNTY_YEAR <= year <= _LAST_COUNTY_YEAR:
            raise problem(f"{year} is no year of county boundaries; write one such as 2023")
        return year
