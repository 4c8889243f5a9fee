"""YAML read for people: every value remembers its line, and nothing in a file is executed.

The file is read as a stream of events, not constructed into objects, so a tag cannot name a
class. Anchors and aliases are refused, which leaves nothing to expand. A scalar that stands
without quotes is kept as the text it was written in (`Plain`): YAML readers disagree on what
``08001`` or ``no`` means, and a code that loses its leading zero is another code.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NamedTuple

import yaml

from lmi.errors import ConfigError

__all__ = ["MAX_BYTES", "Document", "Key", "Location", "Plain", "read_bytes", "read_document"]

MAX_BYTES = 1_000_000
_MAX_DEPTH = 12
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_WORD = re.compile(r"[\w -]+")
_NULLS = frozenset({"", "~", "null", "Null", "NULL"})

Key = tuple[str | int, ...]


class Plain(str):
    """A scalar that stands without quotes in its file."""

    __slots__ = ()


class Location(NamedTuple):
    """Where a value stands.

    Parameters
    ----------
    line : int
        One-based line.
    """

    file: Path
    line: int


@dataclass
class Document:
    """What a YAML file says, and where.

    Parameters
    ----------
    data : dict
        Mappings, lists, texts (`Plain` where unquoted) and None.
    locations : dict of tuple to Location
        Location of each value by its path of keys and list positions.
    """

    file: Path
    data: dict[str, Any]
    locations: dict[Key, Location] = field(default_factory=dict)

    def location(self, *path: str | int) -> Location:
        """Return where `path`, or the nearest part of it that is written, stands."""
        while path and path not in self.locations:
            path = path[:-1]
        return self.locations.get(path, Location(self.file, 1))

    def error(self, message: str, *path: str | int) -> ConfigError:
        """Return the error that says `message` of the value at `path`."""
        at = self.location(*path)
        dotted = ".".join(part for part in path if isinstance(part, str) and _WORD.fullmatch(part))
        text = f"{dotted}: {message}" if dotted else message
        return ConfigError(text, file=at.file, line=at.line)


def read_document(file: Path) -> Document:
    r"""Read a YAML file of definitions.

    Parameters
    ----------
    file : pathlib.Path
        A UTF-8 file of at most one megabyte; a byte-order mark is tolerated.

    Returns
    -------
    Document
        Its top level is a mapping.

    Raises
    ------
    ConfigError
        The file is absent, too large, not UTF-8, not YAML, or uses tags, anchors, aliases,
        several documents or the same key twice.

    Examples
    --------
    >>> import pathlib, tempfile
    >>> from lmi.config.document import read_document
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     file = pathlib.Path(folder, "state.yml")
    ...     _ = file.write_text("state: Colorado\nstate_fips: 08\n", encoding="utf-8")
    ...     document = read_document(file)
    >>> document.data["state_fips"], document.location("state_fips").line
    ('08', 2)
    """
    text = _read_text(file)
    document = Document(file, {})
    try:
        _Reader(document, yaml.parse(text, Loader=_LOADER)).read()
    except yaml.YAMLError as error:
        raise _syntax_error(file, text, error) from None
    return document


def read_bytes(file: Path, most: int, remedy: str) -> bytes:
    """Read a file whole.

    Parameters
    ----------
    most : int
        Bytes that it may have.
    remedy : str
        What to do where it has more.

    Raises
    ------
    ConfigError
        It cannot be read, or is larger.
    """
    try:
        with file.open("rb") as stream:
            raw = stream.read(most + 1)
    except OSError as error:
        reason = (error.strerror or "unknown reason").lower()
        raise ConfigError(f"the file cannot be read ({reason}).", file=file) from error
    if len(raw) > most:
        raise ConfigError(f"the file is larger than {most:,} bytes; {remedy}.", file=file)
    return raw


def _read_text(file: Path) -> str:
    remedy = "a file of definitions is a few kilobytes, so check that it is the right one"
    try:
        raw = read_bytes(file, MAX_BYTES, remedy)
    except ConfigError as error:
        if not isinstance(error.__cause__, FileNotFoundError):
            raise
        raise ConfigError(
            "there is no such file; create it as regions/README.md shows, or name another folder "
            "with --regions or LMI_REGIONS.",
            file=file,
        ) from None
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise ConfigError(
            f"byte 0x{raw[error.start]:02x} is not UTF-8; save the file as UTF-8.",
            file=file,
            line=raw[: error.start].count(b"\n") + 1,
        ) from None


def _syntax_error(file: Path, text: str, error: yaml.YAMLError) -> ConfigError:
    mark = getattr(error, "problem_mark", None)
    position = getattr(error, "position", None)
    line = mark.line + 1 if mark else text.count("\n", 0, position) + 1 if position else 1
    lines = text.splitlines() or [""]
    line = min(line, len(lines))
    if "\t" in lines[line - 1]:
        remedy = "indent with spaces, not tabs"
    else:
        remedy = "check the indentation, colons, brackets and quotes here and just above"
    problem = getattr(error, "problem", None) or "a character is not allowed"
    begun = getattr(error, "context_mark", None)
    if begun and begun.line + 1 < line:
        problem += f" in what begins in line {begun.line + 1}"
    return ConfigError(f"this is not valid YAML ({problem}); {remedy}.", file=file, line=line)


class _Reader:
    """Turns events into data and locations."""

    def __init__(self, document: Document, events: Iterator[yaml.Event]):
        self.document, self.events = document, events

    def read(self) -> None:
        started = False
        for event in self.events:
            if isinstance(event, yaml.DocumentStartEvent):
                if started:
                    raise self._error(event, "a second document starts; leave '---' out")
                started = True
                self.document.data = self._top(next(self.events))
        if not started:
            raise ConfigError(
                "the file is empty; regions/README.md shows one.", file=self.document.file
            )

    def _top(self, event: yaml.Event) -> dict[str, Any]:
        if not isinstance(event, yaml.MappingStartEvent):
            raise self._error(event, "the file must be a list of 'key: value' lines")
        return self._value(event, ())

    def _value(self, event: yaml.Event, path: Key) -> Any:
        self._refuse_tricks(event)
        if len(path) > _MAX_DEPTH:
            raise self._error(event, f"values nest deeper than {_MAX_DEPTH} levels; flatten them")
        self.document.locations.setdefault(path, self._location(event))
        if isinstance(event, yaml.MappingStartEvent):
            return self._mapping(path)
        if isinstance(event, yaml.SequenceStartEvent):
            return self._sequence(path)
        return self._scalar(event)

    def _mapping(self, path: Key) -> dict[str, Any]:
        found: dict[str, Any] = {}
        while not isinstance(event := next(self.events), yaml.MappingEndEvent):
            self._refuse_tricks(event)
            if not isinstance(event, yaml.ScalarEvent) or not event.value:
                raise self._error(event, "a key must be a word")
            key = str(event.value)
            if key in found:
                first = self.document.locations[(*path, key)].line
                raise self._error(
                    event, f"the key {key!r} stands twice, first in line {first}; keep one of them"
                )
            self.document.locations[(*path, key)] = self._location(event)
            found[key] = self._value(next(self.events), (*path, key))
        return found

    def _sequence(self, path: Key) -> list[Any]:
        found: list[Any] = []
        while not isinstance(event := next(self.events), yaml.SequenceEndEvent):
            found.append(self._value(event, (*path, len(found))))
        return found

    def _scalar(self, event: yaml.Event) -> str | None:
        assert isinstance(event, yaml.ScalarEvent)
        if event.style:  # the C parser says "" where the Python one says None
            return str(event.value)
        return None if event.value in _NULLS else Plain(event.value)

    def _refuse_tricks(self, event: yaml.Event) -> None:
        anchor, tag = getattr(event, "anchor", None), getattr(event, "tag", None)
        if anchor:
            raise self._error(
                event,
                f"anchors and aliases (&{anchor}, *{anchor}) are not read; write the value out",
            )
        if tag:
            raise self._error(event, f"the tag {tag!r} is not read; leave it out")

    def _location(self, event: yaml.Event) -> Location:
        mark = event.start_mark
        return Location(self.document.file, 1 if mark is None else mark.line + 1)

    def _error(self, event: yaml.Event, message: str) -> ConfigError:
        at = self._location(event)
        return ConfigError(f"{message}.", file=at.file, line=at.line)
