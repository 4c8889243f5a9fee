"""What differs between two folders of files, said in the terms of each kind of file."""

from __future__ import annotations

import csv
import difflib
import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq

SHOWN = 12
"""Lines that are said of one file."""
NOT_COMPARED = (".lmi-workshop", ".cookies")
NAMES = ("key", "candidate", "region", "id", "name")
"""What an item of a JSON list is known by, if it is a table that holds one of these."""


@dataclass(frozen=True)
class Change:
    """One thing that differs in a file; `added` names the column or key that is new."""

    text: str
    added: str = ""


@dataclass(frozen=True)
class Difference:
    """A file that was added, removed or changed."""

    name: str
    status: str
    changes: list[Change] = field(default_factory=list)
    allowed: frozenset[str] = frozenset()

    @property
    def is_allowed(self) -> bool:
        """Whether nothing differs but columns and keys that may be new."""
        return bool(self.changes) and all(change.added in self.allowed for change in self.changes)

    def lines(self, part: str) -> Iterator[str]:
        yield f"{'allowed' if self.is_allowed else self.status:<9}{part}/{self.name}"
        for change in self.changes[:SHOWN]:
            yield f"             {change.text}"
        if (more := len(self.changes) - SHOWN) > 0:
            yield f"             and {more} more"


def compare(before: Path, after: Path, allowed: frozenset[str]) -> list[Difference]:
    """The files that differ, by name."""
    ours, theirs = _files(before), _files(after)
    found = []
    for name in sorted({*ours, *theirs}):
        if name not in theirs:
            found.append(Difference(name, "removed"))
        elif name not in ours:
            found.append(Difference(name, "added"))
        elif ours[name].read_bytes() != theirs[name].read_bytes():
            found.append(Difference(name, "changed", changes(ours[name], theirs[name]), allowed))
    return found


def _files(folder: Path) -> dict[str, Path]:
    """Every file that is compared, by its path; the store that a session lies on is not."""
    found = {p.relative_to(folder).as_posix(): p for p in folder.rglob("*") if p.is_file()}
    return {
        name: path
        for name, path in found.items()
        if path.suffix not in NOT_COMPARED and not name.startswith("store/")
    }


def changes(before: Path, after: Path) -> list[Change]:
    """What differs between two files of one kind whose bytes differ."""
    found = list(_KINDS.get(before.suffix, _text)(before, after))
    return found or [Change("the same content in other bytes")]


def _csv(before: Path, after: Path) -> Iterator[Change]:
    (old, old_notes), (new, new_notes) = _read_csv(before), _read_csv(after)
    if old_notes != new_notes:
        yield Change("the comments differ")
    yield from _tables(old, new)


def _read_csv(path: Path) -> tuple[dict[str, Any], list[list[str]]]:
    """Cells by column, and the comments, each row of them as it stands."""
    with path.open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.reader(file) if row]
    notes = [row for row in rows if row[0].startswith("#")]
    table = [row for row in rows if not row[0].startswith("#")]
    header, body = (table[0], table[1:]) if table else ([], [])
    columns = {name: [row[i] for row in body] for i, name in enumerate(header)}
    return columns, notes


def _parquet(before: Path, after: Path) -> Iterator[Change]:
    old, new = (
        {name: table[name] for name in table.column_names}
        for table in (pq.read_table(path) for path in (before, after))
    )
    for name in old.keys() & new.keys():
        if old[name].type != new[name].type:
            yield Change(f"column {name}: {old[name].type} became {new[name].type}")
    yield from _tables(old, new)


def _tables(old: dict[str, Any], new: dict[str, Any]) -> Iterator[Change]:
    yield from (Change(f"column {name} added", name) for name in new if name not in old)
    yield from (Change(f"column {name} removed") for name in old if name not in new)
    both = [name for name in old if name in new]
    if both != [name for name in new if name in old]:
        yield Change("the columns stand in another order")
    for name in both:
        if len(old[name]) != len(new[name]):
            yield Change(f"{len(old[name])} rows became {len(new[name])}")
            return
        if differing := _differing(old[name], new[name]):
            row, count = differing[0], len(differing)
            yield Change(
                f"column {name}: {count} of {len(old[name])} cells differ, first row {row + 1}: "
                f"{old[name][row]!s} became {new[name][row]!s}"
            )


def _differing(old: Any, new: Any) -> list[int]:
    """Rows whose cells differ; missing equals missing, and so does not-a-number."""
    if not isinstance(old, list):
        if old.equals(new):
            return []
        old, new = old.to_pylist(), new.to_pylist()
    return [
        i for i, (a, b) in enumerate(zip(old, new, strict=True)) if a != b and (a == a or b == b)
    ]


def _json(before: Path, after: Path) -> Iterator[Change]:
    old, new = (dict(_flat(json.loads(p.read_text(encoding="utf-8")))) for p in (before, after))
    known = {path[:n] for path in old for n in range(len(path) + 1)}
    for path in (path for path in new if path not in old):
        first = next(path[n] for n in range(len(path)) if path[: n + 1] not in known)
        yield Change(f"key {_written(path)} added", first)
    for path in old:
        if path not in new:
            yield Change(f"key {_written(path)} removed")
        elif old[path] != new[path]:
            yield Change(f"key {_written(path)}: {old[path]!r} became {new[path]!r}")


def _flat(value: Any, path: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], Any]]:
    """Every number and word of a JSON document by its path; an item of a list by its own name."""
    inside: list[tuple[str, Any]] = []
    if isinstance(value, dict):
        inside = [*value.items()]
    elif isinstance(value, list):
        inside = _named(value)
    if inside:
        for name, one in inside:
            yield from _flat(one, (*path, name))
    else:
        yield path, value


def _named(items: list[Any]) -> list[tuple[str, Any]]:
    """Items by a name of theirs that no other has, else by their place."""
    for name in NAMES:
        names = [str(item.get(name)) if isinstance(item, dict) else "" for item in items]
        if "" not in names and len(set(names)) == len(items):
            return list(zip(names, items, strict=True))
    return [(str(place), item) for place, item in enumerate(items)]


def _written(path: tuple[str, ...]) -> str:
    return ".".join(path)


def _text(before: Path, after: Path) -> Iterator[Change]:
    old, new = (_shown(path) for path in (before, after))
    for line in difflib.unified_diff(old, new, lineterm="", n=0):
        if not line.startswith(("---", "+++", "@@")):
            yield Change(line)


def _shown(path: Path) -> list[str]:
    return path.read_text(encoding="utf-8", errors="replace").splitlines()


_KINDS = {".csv": _csv, ".parquet": _parquet, ".json": _json}
