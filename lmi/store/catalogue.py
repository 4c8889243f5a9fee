"""What the store holds and where it came from: sources, and the parts that their rows are in.

The catalogue is one JSON file. Replacing it is the commit of an ingest: parts are written before,
under new names, and a reader sees either the old set or the new one.

A part holds the current rows of one partition (say ``qcew_annual/state=08/year=2016``). When a
newer release replaces rows, the older part stays, so that the older vintage can be read; when a
source only adds rows, the new part serves both, because each row carries its `source_id`.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, field
from pathlib import Path

from lmi import atomic
from lmi.errors import StoreError

__all__ = ["Catalogue", "StoreFile", "IngestedFile"]

FILE_NAME = "catalogue.json"
FORMAT = 1


@dataclass(frozen=True)
class IngestedFile:
    """One file that was taken in.

    Parameters
    ----------
    source_id : int
        Number of the source, in order of arrival; a higher one is the newer release.
    name : str
        Name of the file, without its folder.
    table : str
        Table that its rows are in.
    size : int
        Bytes of the file.
    sha256 : str
        Hash of the file.
    rows : int
        Rows taken in.
    periods : tuple of str
        Periods that it covers (``2016``, ``2016Q1``).
    vintage : str
        ``preliminary`` or ``revised`` where the agency or the user says so, else empty.
    ingested_at : str
        Time in UTC, ISO 8601.
    """

    source_id: int
    name: str
    table: str
    size: int
    sha256: str
    rows: int
    periods: tuple[str, ...]
    vintage: str
    ingested_at: str


@dataclass(frozen=True)
class StoreFile:
    """A Parquet file with the rows of a partition.

    Parameters
    ----------
    file : str
        Path below the store, with forward slashes.
    rows : int
        Rows in it.
    valid_from : int
        First `source_id` as of which this part, cut to sources up to then, is the partition.
    """

    file: str
    rows: int
    valid_from: int


@dataclass
class Catalogue:
    """Sources and parts of a store.

    Examples
    --------
    >>> catalogue = Catalogue(parts={"t": [StoreFile("t/1", 5, 1), StoreFile("t/3", 6, 3)]})
    >>> catalogue.part("t").file, catalogue.part("t", as_of=2).file
    ('t/3', 't/1')
    """

    sources: list[IngestedFile] = field(default_factory=list)
    parts: dict[str, list[StoreFile]] = field(default_factory=dict)

    @classmethod
    def load(cls, root: Path) -> Catalogue:
        """Read the catalogue of the store at `root`; an absent one is empty.

        Raises
        ------
        StoreError
            The file is damaged or of a newer format.
        """
        path = root / FILE_NAME
        try:
            data = json.loads(path.read_text(encoding="utf-8"))
            if data["format"] == FORMAT:
                sources = [
                    IngestedFile(**{**s, "periods": tuple(s["periods"])}) for s in data["sources"]
                ]
                parts = {k: [StoreFile(**p) for p in ps] for k, ps in data["parts"].items()}
                return cls(sources, parts)
        except FileNotFoundError:
            return cls()
        except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
            raise StoreError(
                f"The catalogue {path} cannot be read ({error!r}); restore it, or move the store "
                "away and ingest again."
            ) from error
        raise StoreError(
            f"The catalogue {path} has format {data['format']!r}; this version reads {FORMAT}, so "
            "install the version that wrote it or ingest again."
        )

    def save(self, root: Path) -> None:
        """Put the catalogue in place, whole or not at all."""
        data = {
            "format": FORMAT,
            "sources": [asdict(s) for s in self.sources],
            "parts": {k: [asdict(p) for p in ps] for k, ps in sorted(self.parts.items())},
        }
        atomic.write_text(root / FILE_NAME, json.dumps(data, indent=1) + "\n")

    def next_id(self) -> int:
        """Return the number of the next source."""
        return max((s.source_id for s in self.sources), default=0) + 1

    def part(self, partition: str, as_of: int | None = None) -> StoreFile | None:
        """Return the part of a partition, as it is now or as of a source."""
        parts = self.parts.get(partition, [])
        if as_of is not None:
            parts = [p for p in parts if p.valid_from <= as_of]
        return parts[-1] if parts else None

    def partitions(self, table: str) -> dict[str, str]:
        """Return the partitions of a table: their names below the table's folder, to full names.

        Examples
        --------
        >>> Catalogue(parts={"t/state=08": []}).partitions("t")
        {'state=08': 't/state=08'}
        """
        prefix = f"{table}/"
        return {p.removeprefix(prefix): p for p in self.parts if p.startswith(prefix)}
