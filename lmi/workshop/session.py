"""The session file: one SQLite database that every input is committed to before it is answered.

Events are only ever appended. Beside them stand the charter, the keys that cookies are signed
with, and the measures that were on the screen. The file can be read by its owner alone.
"""

from __future__ import annotations

import contextlib
import json
import os
import secrets
import sqlite3
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from threading import RLock
from typing import Any

from filelock import FileLock, Timeout
from pydantic import ValidationError

from lmi.errors import LmiError
from lmi.workshop.charter import SessionCharter
from lmi.workshop.state import Event

__all__ = ["FORMAT", "SUFFIX", "Keys", "Session", "SessionError", "forget", "read_session"]

SUFFIX = ".lmi-workshop"
FORMAT = 1
_UNREADABLE = {"": None}  # no kind of event has a field of this name
_MARK = 0x4C4D4957  # "LMIW", which tells a session from any other SQLite file
_TABLES = """
CREATE TABLE meta (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE events (
    seq INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, participant INTEGER NOT NULL,
    kind TEXT NOT NULL, payload TEXT NOT NULL, at TEXT NOT NULL
);
CREATE TABLE measured (scope TEXT PRIMARY KEY, data BLOB NOT NULL) WITHOUT ROWID;
"""


class SessionError(LmiError):
    """A session file cannot be opened or written."""


@dataclass(frozen=True)
class Keys:
    """What the session's doors are locked with.

    Parameters
    ----------
    cookies : str
        Signs cookies and tokens.
    facilitator : str
        Opens the facilitator's page.
    """

    cookies: str = field(repr=False)
    facilitator: str = field(repr=False)

    @classmethod
    def new(cls) -> Keys:
        """Draw new keys of 32 bytes each."""
        return cls(secrets.token_urlsafe(32), secrets.token_urlsafe(32))


class Session:
    """An open session file.

    Parameters
    ----------
    lock : FileLock or None
        Held while the session is written to; None where it is only read.
    """

    def __init__(self, path: Path, connection: sqlite3.Connection, lock: FileLock | None) -> None:
        self.path, self._connection, self._lock = path, connection, lock
        self._turn = RLock()  # one thread at a time

    @property
    def is_read_only(self) -> bool:
        """Whether it was opened to be looked at."""
        return self._lock is None

    @classmethod
    def create(cls, path: Path, charter: SessionCharter) -> Session:
        """Begin a session in a new file.

        Parameters
        ----------
        path : pathlib.Path
            Must not exist; its folder is made.

        Raises
        ------
        SessionError
            The file exists, or cannot be written.
        """
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            # Made private before anything is in it; SQLite gives its side files the same mode.
            os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
        except FileExistsError:
            raise SessionError(
                f"{path} exists; reopen it with --resume, or name another file with --session."
            ) from None
        except OSError as error:
            raise SessionError(f"{path} cannot be written: {error.strerror}.") from None
        lock = _locked(path)
        connection = _connect(path)
        try:
            connection.executescript(
                f"PRAGMA application_id={_MARK}; PRAGMA user_version={FORMAT}; BEGIN; {_TABLES}"
                " COMMIT;"
            )
            found = cls(path, connection, lock)
            found.keep("keys", vars(Keys.new()))
            found.keep("setting", charter.model_dump(mode="json"))
            # Into the file itself, which says what it is even if the power fails now.
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        except sqlite3.Error as error:
            connection.close()
            _release(path, lock)
            raise SessionError(f"{path} cannot be written: {error}.") from None
        return found

    @classmethod
    def open(cls, path: Path, read_only: bool = False) -> Session:
        """Open a session's file again.

        Parameters
        ----------
        read_only : bool, optional
            Look at it, perhaps while a workshop goes on.

        Raises
        ------
        SessionError
            It is absent, damaged, no session, of another release, or in use.
        """
        if not path.is_file():
            raise SessionError(
                f"There is no session file {path}; name one that `lmi workshop` made."
            )
        lock = None if read_only else _locked(path)
        try:
            _check(path)
            connection = _connect(path, read_only)
        except BaseException:
            _release(path, lock)
            raise
        return cls(path, connection, lock)

    def events(self, after: int = 0) -> list[Event]:
        """Return every event after one, in order."""
        rows = self._read(
            "SELECT seq, id, participant, kind, payload, at FROM events WHERE seq > ? ORDER BY seq",
            after,
        )
        return [Event(seq, i, who, kind, _object(payload), at)
                for seq, i, who, kind, payload, at in rows]  # fmt: skip

    def append(self, events: Sequence[Event]) -> None:
        """Commit events, all or none: when this returns they are on the disk.

        Raises
        ------
        SessionError
            They could not be written, and none of them was; a full disk, say.
        """
        rows = [(e.seq, e.id, e.participant, e.kind, _json(e.payload), e.at) for e in events]
        self._write("INSERT INTO events VALUES (?, ?, ?, ?, ?, ?)", rows)

    def fold_in(self) -> None:
        """Bring what was committed from the side file into the file itself.

        Whoever saves a laptop that broke takes one file along, and seldom all three.

        Raises
        ------
        SessionError
            The disk fails; what was committed is in the side file still.
        """
        try:
            with self._turn:
                self._connection.execute("PRAGMA wal_checkpoint(PASSIVE)").fetchall()
        except sqlite3.Error as error:
            raise SessionError(f"The session file cannot be written: {error}.") from None

    def keep(self, name: str, value: Any) -> None:
        """Keep a value of JSON under a name, in place of the one before."""
        self._write("INSERT OR REPLACE INTO meta VALUES (?, ?)", [(name, _json(value))])

    def kept(self, name: str) -> Any:
        """Return the value of a name, None where there is none."""
        rows = self._read("SELECT value FROM meta WHERE name=?", name)
        return json.loads(rows[0][0]) if rows else None

    def keep_measured(self, scope: str, data: bytes) -> None:
        """Keep the measures of a scope."""
        self._write("INSERT OR REPLACE INTO measured VALUES (?, ?)", [(scope, data)])

    def measured(self, scope: str) -> bytes | None:
        """Return the measures of a scope, None where they are not kept."""
        rows = self._read("SELECT data FROM measured WHERE scope=?", scope)
        return bytes(rows[0][0]) if rows else None

    @property
    def charter(self) -> SessionCharter:
        """What the session is about."""
        return SessionCharter.model_validate(self.kept("setting"))

    @property
    def keys(self) -> Keys:
        """What its doors are locked with."""
        return Keys(**self.kept("keys"))

    def close(self) -> None:
        """Close the file; its side files are folded in and go."""
        self._connection.close()
        _release(self.path, self._lock)

    def _read(self, question: str, *values: Any) -> list[tuple[Any, ...]]:
        with self._turn:
            return self._connection.execute(question, values).fetchall()

    def _write(self, statement: str, rows: Iterable[Sequence[Any]]) -> None:
        try:
            with self._turn, self._connection:
                self._connection.execute("BEGIN IMMEDIATE")
                self._connection.executemany(statement, rows)
        except sqlite3.Error as error:
            raise SessionError(f"The session file cannot be written: {error}.") from None


def read_session(path: str | Path) -> Session:
    """Open a session to look at it, perhaps while the workshop goes on.

    Raises
    ------
    SessionError
        It is absent, damaged, no session, or of another release.
    """
    return Session.open(Path(path), read_only=True)


def forget(path: Path) -> list[Path]:
    """Delete a session with all that was typed in it.

    Raises
    ------
    SessionError
        It is absent, no session, or a workshop is using it.
    """
    if not path.is_file():
        raise SessionError(f"There is no session file {path}, so nothing was deleted.")
    _check_mark(path)
    lock = _locked(path)
    # The main file goes first: without it the others are nothing.
    there = [p for end in ("", "-wal", "-shm", "-journal") if (p := _beside(path, end)).exists()]
    for each in there:
        each.unlink()
    _release(path, lock)
    return there


def _beside(path: Path, end: str) -> Path:
    return path.with_name(path.name + end)


def _connect(path: Path, read_only: bool = False) -> sqlite3.Connection:
    uri = f"{path.absolute().as_uri()}{'?mode=ro' if read_only else '?mode=rw'}"
    connection = sqlite3.connect(uri, uri=True, isolation_level=None, check_same_thread=False)
    if not read_only:
        # FULL: a commit is on the disk, not on its way there, when it returns.
        connection.executescript("PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;")
    return connection


def _locked(path: Path) -> FileLock:
    lock = FileLock(_beside(path, ".lock"), timeout=0, mode=0o600)
    try:
        lock.acquire()
    except Timeout:
        raise SessionError(
            f"A workshop is using {path} now; stop it first, or go on in its window."
        ) from None
    return lock


def _release(path: Path, lock: FileLock | None) -> None:
    if lock is not None:
        lock.release()
        with contextlib.suppress(OSError):
            _beside(path, ".lock").unlink(missing_ok=True)


def _check_mark(path: Path) -> int:
    """Return the format of a session's file, read off its head without opening a database."""
    with path.open("rb") as file:
        head = file.read(72)
    if head[:16] != b"SQLite format 3\0" or int.from_bytes(head[68:72]) != _MARK:
        raise SessionError(
            f"{path} is no session of a workshop; name one that `lmi workshop` made."
        )
    return int.from_bytes(head[60:64])


def _check(path: Path) -> None:
    found = _check_mark(path)
    if found != FORMAT:
        raise SessionError(
            f"{path} is of format {found}, and this release of the workbench reads format "
            f"{FORMAT}; open it with the release that wrote it."
        )
    try:
        with contextlib.closing(_connect(path, read_only=True)) as connection:
            told = connection.execute("PRAGMA quick_check(1)").fetchone()[0]
            session = Session(path, connection, None)
            if told != "ok":
                raise sqlite3.DatabaseError(told)
            _check_made(connection)
            if not session.kept("keys"):
                raise ValueError("its keys are missing")
            _ = session.charter, session.keys
    except (sqlite3.Error, ValidationError, ValueError, TypeError) as error:
        said = str(error).splitlines()[0][:120]
        raise SessionError(
            f"{path} is damaged ({said}); restore it from a copy, what is in it was left as it is."
        ) from None


def _object(payload: Any) -> dict[str, Any]:
    """Read what was kept of an event; what fits no event where that cannot be read."""
    try:
        found = json.loads(payload)
    except (TypeError, ValueError, RecursionError):
        return _UNREADABLE
    return found if isinstance(found, dict) else _UNREADABLE


def _check_made(connection: sqlite3.Connection) -> None:
    """Refuse a file that holds what no workshop puts there, and that would run when it is used."""
    made = "SELECT type, name FROM sqlite_master WHERE type NOT IN ('table', 'index')"
    for kind, name in connection.execute(made):
        raise ValueError(f"it holds a {kind}, {str(name)[:40]!r}, that no workshop makes")


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), default=dict)
