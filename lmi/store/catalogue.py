"""What the store holds and where it came from: sources, and the layers that their rows are in.

The catalogue is one JSON file. Replacing it is the commit of an ingest: files are written before,
under new names, and a reader sees either the old set or the new one.

Each source's rows of a partition (say ``qcew_annual/state=08/year=2016``) stay in a layer of their
own. What the store answers with is in one file a partition: the only layer, or what follows from
laying the layers over one another (see `lmi.store.layering`). So a source can be taken out again,
and every earlier state be read.
"""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from lmi import atomic
from lmi.errors import StoreError

__all__ = ["Catalogue", "IngestedFile", "Layer", "Partition"]

FILE_NAME = "catalogue.json"
FORMAT = 2
EARLIER = 1
"""The format before layers, of which the rows that the store answered with are read."""


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
    periods : tuple of str
        Periods that it covers (``2016``, ``2016Q1``).
    vintage : str
        ``preliminary`` or ``revised`` where the agency or the user says so, else empty.
    ingested_at : str
        Time in UTC, ISO 8601.
    added, revised : int
        Rows that the store did not have, and rows that it had with other values, when it came.
    removed_at : str
        When it was taken out again, empty where it was not.
    remarks : tuple of str
        What is to be known of it: rows that were left out, parts that it lacks.
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
    added: int = 0
    revised: int = 0
    removed_at: str = ""
    remarks: tuple[str, ...] = ()

    def came_with(self, other: IngestedFile) -> bool:
        """Tell whether both are rows of one file, of different releases, that came at once."""
        return (self.sha256, self.ingested_at) == (other.sha256, other.ingested_at)


def _ingested_file(data: dict[str, Any]) -> IngestedFile:
    lists = {name: tuple(data.get(name, ())) for name in ("periods", "remarks")}
    return IngestedFile(**{**data, **lists})


@dataclass(frozen=True)
class Layer:
    """The rows of one source in a partition.

    Parameters
    ----------
    file : str
        Path below the store, with forward slashes.
    replaces : tuple of str
        It takes the place of all earlier rows that share these columns with one of its rows: the
        key of the table, or whole areas and periods where the user said so.
    """

    file: str
    source_id: int
    replaces: tuple[str, ...]


@dataclass(frozen=True)
class Partition:
    """What the store holds of one partition.

    Parameters
    ----------
    current : str
        File of the rows that the store answers with; the only layer's, or one made of all.
    layers : tuple of Layer
        In order of arrival.
    answers : dict of int to int
        How many of the current rows are of which source.
    """

    current: str
    layers: tuple[Layer, ...]
    answers: dict[int, int]

    @property
    def files(self) -> set[str]:
        """Every file that it needs."""
        return {self.current, *(layer.file for layer in self.layers)}

    @property
    def source_ids(self) -> set[int]:
        """The sources that have rows in it."""
        return {layer.source_id for layer in self.layers}


def _partition(data: dict[str, Any]) -> Partition:
    layers = tuple(
        Layer(one["file"], one["source_id"], tuple(one["replaces"])) for one in data["layers"]
    )
    answers = {int(source_id): rows for source_id, rows in data["answers"].items()}
    return Partition(data["current"], layers, answers)


def _earlier_partition(parts: list[dict[str, Any]]) -> Partition:
    """Of the format before layers: each part held all rows of the partition, of many sources."""
    layers = tuple(Layer(part["file"], part["valid_from"], ()) for part in parts)
    return Partition(layers[-1].file, layers, {layers[-1].source_id: parts[-1]["rows"]})


@dataclass
class Catalogue:
    """Sources and partitions of a store.

    Examples
    --------
    >>> layer = Layer("t/all/1.parquet", 1, ("area_fips",))
    >>> catalogue = Catalogue(partitions={"t/all": Partition(layer.file, (layer,), {1: 5})})
    >>> catalogue.of_table("t")
    {'all': 't/all'}
    """

    sources: list[IngestedFile] = field(default_factory=list)
    partitions: dict[str, Partition] = field(default_factory=dict)

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
            known = data["format"] in (EARLIER, FORMAT)
            if known:
                sources = [_ingested_file(source) for source in data["sources"]]
                if data["format"] == EARLIER:
                    made = {k: _earlier_partition(p) for k, p in data["parts"].items() if p}
                else:
                    made = {k: _partition(p) for k, p in data["partitions"].items()}
                return cls(sources, made)
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
            "partitions": {k: asdict(p) for k, p in sorted(self.partitions.items())},
        }
        atomic.write_text(root / FILE_NAME, json.dumps(data, indent=1) + "\n")

    def next_id(self) -> int:
        """Return the number of the next source; the number of one that was removed stays taken."""
        return max((s.source_id for s in self.sources), default=0) + 1

    @property
    def kept(self) -> list[IngestedFile]:
        """The sources that were not removed."""
        return [s for s in self.sources if not s.removed_at]

    @property
    def answers(self) -> Counter[int]:
        """How many of the rows that the store answers with are of which source."""
        found: Counter[int] = Counter()
        for partition in self.partitions.values():
            found.update(partition.answers)
        return found

    def of_table(self, table: str) -> dict[str, str]:
        """Return the partitions of a table: their names below the table's folder, to full names."""
        prefix = f"{table}/"
        return {p.removeprefix(prefix): p for p in self.partitions if p.startswith(prefix)}
