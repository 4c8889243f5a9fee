"""How a state's own projections are laid out: which column holds what, in ``state.yml``."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Literal

from pydantic import Field, field_validator, model_validator

from lmi import codes, naics
from lmi.config.document import Document
from lmi.config.fields import Code, Definition, Slug, Text
from lmi.config.validate import problem
from lmi.words import did_you_mean, listing

__all__ = ["ProjectionColumns", "ProjectionTable", "check_places"]

HORIZON = range(1, 31)  # years
_PLACE, _INDUSTRY = "{place}", "{industry}"
YEAR = "{year}"
_WAYS = (
    ("year", "jobs"),
    ("jobs",),
    ("base", "projected"),
    ("growth",),
    ("growth_a_year",),
)
"""What may say the numbers: rows or columns of years, two columns, or growth in percent."""


class ProjectionColumns(Definition):
    """The columns of a table, by what they hold.

    Parameters
    ----------
    place, industry : str
        Names of regions and activities; without the latter the table is of all jobs.
    name : str
        A column whose texts name both, as `ProjectionTable.written` says.
    year, jobs : str
        Of a table with a row for each year; `jobs` alone, with ``{year}`` in it, of one with a
        column for each.
    base, projected : str
        Jobs in the two years.
    growth, growth_a_year : str
        Percent over the whole time, or a year.
    period : str
        Texts that name both years.
    base_year, projected_year : str
        The years, where each row says its own.
    """

    place: Text = ""
    industry: Text = ""
    name: Text = ""
    year: Text = ""
    jobs: Text = ""
    base: Text = ""
    projected: Text = ""
    growth: Text = ""
    growth_a_year: Text = ""
    period: Text = ""
    base_year: Text = ""
    projected_year: Text = ""

    @model_validator(mode="after")
    def _one_way(self) -> ProjectionColumns:
        numbers = {name for way in _WAYS for name in way if getattr(self, name)}
        if all(numbers != {*way} for way in _WAYS):
            ways = listing((" with ".join(way) for way in _WAYS), last="or")
            raise problem(
                f"the numbers are in {listing(sorted(numbers)) or 'no column'}; name {ways}"
            )
        if self.jobs and not self.year and YEAR not in self.jobs:
            raise problem(f"write {YEAR} where the year stands in its columns' names", "jobs")
        if self.name and (self.place or self.industry):
            raise problem("it names place and industry; leave their own columns out", "name")
        if bool(self.base_year) != bool(self.projected_year):
            raise problem("name both base_year and projected_year, or neither")
        said: dict[str, str] = {}
        for role, title in self.model_dump().items():
            same = " ".join(title.casefold().split())
            if same and said.setdefault(same, role) != role:
                raise problem(
                    f"{title!r} is the column of {said[same]} already; name another", role
                )
        return self

    @property
    def by_year(self) -> bool:
        """Whether jobs are told of many years, of which some are taken."""
        return bool(self.jobs)


class ProjectionTable(Definition):
    """A table of projections that a state has, and what its names mean.

    Parameters
    ----------
    source : str
        Whose projections they are.
    columns : ProjectionColumns
        Which column holds what.
    file : str
        Part of its files' names, where columns do not tell them from others.
    counts : {"jobs", "all-jobs"}
        Whether its numbers are jobs as QCEW counts them.
    base_year : int or None
        Year that it starts from.
    projected_years : tuple of int
        Years that are taken from it.
    written : str
        How a text names both, such as ``{industry}R{place}``.
    place : str
        The one place that all of it is of.
    places : mapping of str to str or None
        Regions, or areas, by the table's names; None for one that is left out.
    industries : mapping of str to tuple of str
        Industries by the table's activities; without it, activities are codes of NAICS.
    left_out : mapping of str to str
        Why an activity is no industry.
    """

    source: Text
    columns: ProjectionColumns
    file: Text = ""
    counts: Literal["jobs", "all-jobs"] = "jobs"
    base_year: int | None = None
    projected_years: tuple[int, ...] = ()
    written: Text = ""
    place: Code = ""
    places: Mapping[str, Code | None] = Field(default_factory=dict)
    industries: Mapping[str, tuple[Code, ...]] = Field(default_factory=dict)
    left_out: Mapping[str, Text] = Field(default_factory=dict)

    @field_validator("industries", mode="before")
    @classmethod
    def _listed(cls, said: object) -> object:
        if not isinstance(said, dict):
            return said
        return {name: [code] if isinstance(code, str) else code for name, code in said.items()}

    @field_validator("industries")
    @classmethod
    def _known(cls, said: Mapping[str, tuple[str, ...]]) -> Mapping[str, tuple[str, ...]]:
        taken: dict[str, str] = {}
        for name, industries in said.items():
            for code in industries:
                if not any(naics.is_known(code, year) for year in naics.VINTAGES):
                    raise problem(naics.unknown_industry(code).rstrip("."), name)
                if code in taken:
                    raise problem(f"{code!r} is what {taken[code]!r} is already; keep one", name)
                taken[code] = name
        return said

    @model_validator(mode="after")
    def _whole(self) -> ProjectionTable:
        columns = self.columns
        if bool(columns.name) != bool(self.written):
            raise problem(f"columns.name and written such as {_INDUSTRY}R{_PLACE} go together")
        if self.written and not (_PLACE in self.written and _INDUSTRY in self.written):
            raise problem(f"write {_INDUSTRY} and {_PLACE} where they stand", "written")
        if bool(self.place) == bool(columns.place or columns.name):
            raise problem("name a column of places, or the one place of all rows, and not both")
        if bool(self.places) == bool(self.place):
            raise problem("say below 'places' which region each name of the table is", "places")
        if both := {*self.left_out} & {*self.industries}:
            raise problem(f"{min(both)!r} is an industry above; keep one of them", "left_out")
        return self._years()

    def _years(self) -> ProjectionTable:
        by_row = bool(self.columns.period or self.columns.base_year)
        if by_row and not self.columns.by_year:
            if self.base_year or self.projected_years:
                raise problem("each row says its years; leave them out here", "base_year")
            return self
        if self.base_year is None or not self.projected_years:
            raise problem("say base_year, and projected_years such as [2034]")
        for year in self.projected_years:
            if year - self.base_year not in HORIZON:
                raise problem(
                    f"{year} is not {HORIZON[0]} to {HORIZON[-1]} years after the base year "
                    f"{self.base_year}",
                    "projected_years",
                )
        if not self.columns.by_year and len(self.projected_years) > 1:
            raise problem("the table has one projected year; name that", "projected_years")
        for role, year in (("base", self.base_year), ("projected", self.projected_years[0])):
            title = getattr(self.columns, role)
            told = re.findall(r"(?<!\d)(?:19|20)\d\d(?!\d)", title)
            if told and str(year) not in told:
                raise problem(
                    f"the column {title!r} is of another year than {year}; correct either",
                    "columns",
                    role,
                )
        return self


def check_places(
    document: Document, tables: Mapping[Slug, ProjectionTable], regions: Mapping[Slug, object]
) -> None:
    """Check that each place of a state's tables is a region of it, or an area.

    Raises
    ------
    ConfigError
        One is neither.
    """
    for key, table in tables.items():
        said: dict[tuple[str, ...], str | None] = {("place",): table.place or None}
        said |= {("places", name): place for name, place in table.places.items()}
        for path, place in said.items():
            if place is None or place in regions or codes.is_area(place):
                continue
            hint = did_you_mean(place, regions) or f"; the regions are {listing(regions)}"
            raise document.error(
                f"{place!r} is neither a region of the state nor an area{hint}.",
                *("projections", key, *path),
            )
