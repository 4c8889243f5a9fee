"""Projections as a state lays them out in its own way, read as its ``state.yml`` says.

The mapping names columns, regions and activities; `lmi.config.projection_tables` says how. What it
maps to no industry is left out by name.
"""

from __future__ import annotations

import re
from collections.abc import Generator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import polars as pl

from lmi import locations
from lmi.config import ProjectionTable, load_state
from lmi.config.projection_tables import YEAR
from lmi.errors import ConfigError, DataFileError
from lmi.schema import Table
from lmi.schema.others import STATE_PROJECTIONS
from lmi.sources.archive import Member, head
from lmi.sources.laid_out import claim, frames_of
from lmi.sources.layout import Layout
from lmi.sources.mapped_checks import held_together
from lmi.sources.mapped_rows import MappedRows
from lmi.sources.reader import Claim, Reader, Start
from lmi.sources.text import tidy
from lmi.words import did_you_mean, listing

__all__ = ["STATE_TABLES"]

LEAST_SHARE = 2 / 3  # of its columns: such a file is meant for the mapping, and lacks something
MOST_TOLD = 100
FEWEST_FIELDS = 3  # of a table that a mapping may be meant for
UNREADABLE = 0.6  # a share that goes after who has most of his columns


@dataclass(frozen=True)
class _Mapped(Layout):
    """A layout that a state's mapping describes; `mapping` says where that stands."""

    mapping: str = ""

    def share(self, fields: Sequence[str]) -> float:
        """Claim less than who knows a file by itself, and more where the file is named."""
        share = 1 - len(self.lacking(self.names(fields))) / len(self.needs)
        return (2 if self.named else 0.9) * share if share >= LEAST_SHARE else 0.0

    @property
    def titles(self) -> list[str]:
        """The columns that the mapping names."""
        return [need.replace("\\", "") for need in self.needs]

    def told_of_lacking(self, need: str, fields: Sequence[str]) -> str:
        """Say that the mapping names a column that is not there."""
        name = need.replace("\\", "")
        hint = did_you_mean(name, map(tidy, fields))
        return f"it lacks the column {name!r}, which {self.mapping} names{hint}; correct either"


def _needs(table: ProjectionTable) -> tuple[str, ...]:
    said = table.columns.model_dump().values()
    years = (table.base_year, *table.projected_years)
    names = [each.replace(YEAR, str(year)) for each in said if each for year in years]
    return tuple(dict.fromkeys(re.escape(tidy(name)) for name in names))


@dataclass(frozen=True)
class _Known:
    """The layouts that the states describe, and the first mistake that hides some."""

    layouts: tuple[_Mapped, ...]
    mistake: ConfigError | None


def _known() -> _Known:
    layouts: list[_Mapped] = []
    mistake = None
    for file in sorted(locations.regions_dir().glob("*/state.yml")):
        try:
            layouts += _described(file, file.stat().st_mtime_ns)
        except ConfigError as error:  # it does not close the other states
            mistake = mistake or error
    return _Known(tuple(layouts), mistake)


@lru_cache(maxsize=256)
def _described(file: Path, changed_ns: int) -> tuple[_Mapped, ...]:
    if b"projections:" not in file.read_bytes():
        return ()
    state = load_state(file)
    keys = {region.key: region.id for region in state.regions}
    found = []
    for key, table in state.projections.items():
        mapping = f"projections.{key} in {file.parent.name}/{file.name}"
        said = {table.place: table.place} if table.place else table.places
        places = {name: keys.get(place or "", place) for name, place in said.items()}
        found.append(
            _Mapped(
                STATE_PROJECTIONS,
                _needs(table),
                MappedRows(table, places, mapping),
                together=held_together,
                named=re.escape(table.file),
                most_told=MOST_TOLD,
                mapping=mapping,
            )
        )
    return tuple(found)


def _claim(start: Start) -> Claim | None:
    known = _known()
    found = claim(known.layouts, start)
    is_meant = known.mistake or _named(known, start.member)
    if found is None and is_meant and len(start.fields) >= FEWEST_FIELDS:
        return Claim(STATE_PROJECTIONS, UNREADABLE)
    return found


def _named(known: _Known, member: Member) -> _Mapped | None:
    """Return the layout that names a file."""
    called = f"{member.path.name} {member.name}"
    named = (each for each in known.layouts if each.named)
    return next((each for each in named if re.search(each.named, called, re.IGNORECASE)), None)


def _frames(member: Member, table: Table) -> Generator[pl.DataFrame, None, list[str]]:
    known = _known()
    if claim(known.layouts, Start(member, head(member))) is None:
        if named := _named(known, member):
            told = (
                f"{named.mapping} names such a file, and has its columns in none of its first "
                f"rows: {listing(named.titles)}; correct either"
            )
        else:
            told = (
                "it may be a table that a state.yml maps, of which one has a mistake: "
                f"{known.mistake}"
            )
        raise DataFileError(told, file=member.label)
    return (yield from frames_of(known.layouts, member, table))


STATE_TABLES = Reader(
    what="projections and thresholds",
    tables=(STATE_PROJECTIONS,),
    claim=_claim,
    frames=_frames,
)
