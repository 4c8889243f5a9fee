"""What the room added, as the files that a state's folder holds.

Each file is the team's own as it is on the disk, word for word, with the room's rows after it, so
that it can simply be put in its place and the next profile carries what was said.
"""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path

from lmi.errors import LmiError
from lmi.schema import Table
from lmi.schema.owned import ENGAGEMENT, LOCAL_KNOWLEDGE
from lmi.sources.own_file import guarded, read_own
from lmi.words import Row
from lmi.workshop.days import day_of
from lmi.workshop.room import Room
from lmi.workshop.state import Statement
from lmi.workshop.views.people import attributed

__all__ = ["engagement_csv", "local_knowledge_csv"]


def engagement_csv(room: Room) -> bytes:
    """Write who works with employers as ``engagement.csv``.

    Returns
    -------
    bytes
        What `lmi.assessment.people.engagement` reads.
    """
    rows = [
        {
            "organisation": e.organisation, "system": e.system, "effort": e.effort,
            "candidate": e.candidate, "since": "" if e.since is None else e.since,
            "region": room.charter.region.key,
        }
        for e in room.state.shown_efforts
    ]  # fmt: skip
    return _joined(room, ENGAGEMENT, "engagement.csv", rows, "")


def local_knowledge_csv(room: Room) -> bytes:
    """Write what was said and rated as ``local_knowledge.csv``.

    Returns
    -------
    bytes
        What `lmi.assessment.people.local_knowledge` reads. A statement without a rating cannot
        stand in that file; a comment says how many there were.
    """
    shown = room.state.shown_statements
    rated = [s for s in shown if s.rating is not None]
    rows = [
        {
            "candidate": s.candidate, "region": room.charter.region.key,
            "statement": s.text, "rating": s.rating,
            "who": attributed(s.kind, s.name_shown) if s.name_shown else s.kind,
            "date": day_of(s.at, room.charter.started), "item": s.item, "voice": voice,
        }
        for s, voice in zip(rated, _voices(rated, room.charter.started[:10]), strict=True)
    ]  # fmt: skip
    unrated = len(shown) - len(rows)
    note = f"# {unrated} without a rating: in the record, not here.\n" if unrated else ""
    return _joined(room, LOCAL_KNOWLEDGE, "local_knowledge.csv", rows, note)


def _voices(said: Sequence[Statement], day: str) -> list[str]:
    """Return which rows are one voice: a person's of one sector, where there are several.

    What somebody said under their name and what they said without it are two voices here, so that
    the one does not tell who said the other.
    """
    keys = [(s.participant, s.candidate, bool(s.name_shown)) for s in said]
    several = [key for key, n in Counter(keys).items() if n > 1]
    return [f"{day} {several.index(key) + 1}" if key in several else "" for key in keys]


def _joined(room: Room, table: Table, name: str, rows: Sequence[Row], note: str) -> bytes:
    # A column that no row fills is not put into a file that does well without it.
    needed = {name for name in table.names if any(str(row.get(name, "")) for row in rows)}
    before = _before(room, table, name, needed)
    buffer = io.StringIO()
    # Everything is quoted, so that no line of a text is taken for a comment.
    writer = csv.writer(buffer, quoting=csv.QUOTE_ALL, lineterminator="\n")
    if before is None:
        header: Sequence[str] = table.names
        writer.writerow(header)
    else:
        text, header = before
        buffer.write(text if text.endswith("\n") else f"{text}\n")
    if rows:
        buffer.write(f"# Added in the workshop that began on {room.charter.started[:10]}.\n")
    buffer.write(note)
    for row in rows:
        writer.writerow([guarded(str(row.get(_name(table, column), ""))) for column in header])
    return buffer.getvalue().encode("utf-8")


def _name(table: Table, column: str) -> str:
    return str(table.spelling.get(column.strip().lower(), ""))


def _before(
    room: Room, table: Table, name: str, needed: set[str]
) -> tuple[str, Sequence[str]] | None:
    """The text of the team's own file and its header; None where there is none to go on from."""
    folder = room.state_config.folder if room.state_config is not None else None
    file = None if folder is None else Path(folder, name)
    if file is None or not file.is_file():
        return None
    try:
        known = read_own(file, table)
        text = _decoded(file.read_bytes())
    except (LmiError, OSError):
        return None  # it cannot be read: the room's own rows are not lost for that
    header = _header(text)
    if header is not None and needed <= {_name(table, column) for column in header}:
        return text, header
    # A column is missing that the room's rows have: written anew, with every column.
    buffer = io.StringIO()
    writer = csv.writer(buffer, quoting=csv.QUOTE_ALL, lineterminator="\n")
    writer.writerow(table.names)
    for row in known.rows.to_dict("records"):
        writer.writerow([guarded(_cell(row[column])) for column in table.names])
    return buffer.getvalue(), table.names


def _decoded(raw: bytes) -> str:
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = raw.decode("cp1252")
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _header(text: str) -> list[str] | None:
    lines: Iterable[str] = (
        line
        for line in text.split("\n")
        if line.strip(", \t") and not line.lstrip().startswith("#")
    )
    return next(csv.reader([next(iter(lines), "")]), None)


def _cell(value: object) -> str:
    return "" if str(value) in ("<NA>", "nan", "None") else str(value)
