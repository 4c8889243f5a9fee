"""Take files in: recognise, read, check, stage, commit.

Each file stands or falls alone: nothing of a file with an error enters the store, and the files
before it stay. The same file again changes nothing.
"""

from __future__ import annotations

import hashlib
import re
import tempfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

import filelock
import polars as pl

from lmi import atomic
from lmi.catalogue import Catalogue, Part, Source
from lmi.commit import Pending, commit, remove_staging
from lmi.errors import DataFileError, LmiError, StoreError
from lmi.schema import Table
from lmi.sources import boundaries, qcew
from lmi.sources.archive import Member, blocks, head, members
from lmi.sources.csv_table import read_frames, read_header
from lmi.sources.lines import ahead, whole_lines
from lmi.sources.recognise import Recognised, is_geographic, recognise
from lmi.staging import RepeatedKeyError, Staging
from lmi.store import BOUNDARIES

__all__ = ["Outcome", "expand", "ingest"]

BLOCK_BYTES = 1 << 24
# Small files are committed together, so that a folder of slices merges a partition once.
COMMIT_EVERY_ROWS = 2_000_000
_QUARTERS_IN_NAME = re.compile(r"q1-q([1-3])(?!\d)", re.IGNORECASE)

Progress = Callable[[int], object]


@dataclass(frozen=True)
class Outcome:
    """What became of one file.

    Parameters
    ----------
    path : pathlib.Path
        The file.
    status : {"added", "unchanged", "failed"}
        Whether it entered the store now, was there before, or holds an error.
    table : str
        Where its rows went.
    rows : int
        Rows taken in.
    message : str
        The error, or a remark.
    """

    path: Path
    status: str
    table: str = ""
    rows: int = 0
    message: str = ""


@dataclass
class _Run:
    """State of one ingest run: what is staged and not yet committed."""

    root: Path
    catalogue: Catalogue
    staging: Path
    vintage: str
    progress: Progress
    pending: list[Pending] = field(default_factory=list)
    maps: dict[str, list[Part]] = field(default_factory=dict)
    map_sources: list[Source] = field(default_factory=list)
    next_id: int = 1

    def commit(self) -> None:
        for partition, parts in self.maps.items():
            self.catalogue.parts.setdefault(partition, []).extend(parts)
        self.catalogue.sources += self.map_sources
        commit(self.root, self.catalogue, self.pending)
        self.pending, self.maps, self.map_sources = [], {}, []

    def known(self, sha256: str) -> Source | None:
        waiting = [*(p.source for p in self.pending), *self.map_sources]
        return self.catalogue.source_of(sha256) or next(
            (s for s in waiting if s.sha256 == sha256), None
        )


def expand(paths: Iterable[str | Path]) -> list[Path]:
    """Return the files that paths mean: a folder means every file in it, in order of name.

    Raises
    ------
    DataFileError
        A path does not exist, or a folder holds no file.

    Examples
    --------
    >>> expand([__file__])[0].name
    'ingest.py'
    """
    files: list[Path] = []
    for given in paths:
        path = Path(given).expanduser()
        if path.is_dir():
            inside = [p for p in path.rglob("*") if p.is_file()]
            visible = [
                p for p in inside if not any(x.startswith(".") for x in p.relative_to(path).parts)
            ]
            if not visible:
                raise DataFileError("the folder holds no file; check the path", file=path)
            files += sorted(visible)
        elif path.exists():
            files.append(path)
        else:
            raise DataFileError("there is no such file or folder; check the path", file=path)
    return list(dict.fromkeys(files))


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _tidy(frame: pl.DataFrame, table: Table, label: str, line: int) -> pl.DataFrame:
    if table.name.startswith("qcew_"):
        return qcew.normalise(frame, table, label, line)
    absent = [n for n in table.names if n not in frame.columns]
    types = table.polars_schema
    return frame.with_columns(pl.lit(None, types[n]).alias(n) for n in absent).select(table.names)


def _frames(member: Member, table: Table) -> Iterator[pl.DataFrame]:
    """Yield a CSV member's rows in the table's columns."""
    header = read_header(head(member), table, member.label)
    # Free text may hold line ends within quotes, so only QCEW files are cut at line ends.
    size = BLOCK_BYTES if table.name.startswith("qcew_") else 1 << 30
    pieces = ahead(whole_lines(blocks(member), size))
    for line, frame in read_frames(header, pieces, member.label):
        yield _tidy(frame, table, member.label, line)


def _periods(frame: pl.DataFrame) -> set[str]:
    if "qtr" not in frame.columns:
        years = next((c for c in ("year", "projected_year") if c in frame.columns), None)
        return {str(y) for y in frame[years].unique()} if years else set()
    rows = frame.select("year", "qtr").unique().rows()
    return {f"{y}" if q == "A" else f"{y}Q{q}" for y, q in rows}


def _vintage(run: _Run, names: Sequence[str]) -> str:
    """The agency marks a year under way by its quarters: ``2024.q1-q2``; such data is preliminary."""
    if run.vintage:
        return run.vintage
    return "preliminary" if any(_QUARTERS_IN_NAME.search(n) for n in names) else ""


def _lines_of(member: Member, table: Table, key: dict[str, object]) -> list[int]:
    """Find the lines on which a key stands, by reading the member again."""
    header = read_header(head(member), table, member.label)
    found: list[int] = []
    same = [pl.col(n).eq_missing(pl.lit(v)) for n, v in key.items()]
    for line, frame in read_frames(header, whole_lines(blocks(member), BLOCK_BYTES), member.label):
        found += [line + i for i in frame.select(pl.arg_where(pl.all_horizontal(same))).to_series()]
    return found


def _stage_table(run: _Run, path: Path, found: list[Member], table: Table, sha256: str) -> Pending:
    source_id = run.next_id
    staging = Staging(run.staging / str(source_id), table, source_id)
    periods: set[str] = set()
    scope: tuple[str, ...] = table.replaces
    for i, member in enumerate(found):
        for frame in ahead(_frames(member, table)):
            staging.add(frame)
            periods |= _periods(frame)
            run.progress(frame.height)
            if i == 0 and table.name.startswith("qcew_"):
                scope = qcew.replaces(frame, table)
    if staging.rows == 0:
        raise DataFileError("it has a header and no rows; download it again", file=path)
    chunks = staging.finish()
    source = Source(
        source_id,
        path.name,
        table.name,
        path.stat().st_size,
        sha256,
        staging.rows,
        tuple(sorted(periods)),
        _vintage(run, [m.name for m in found]),
        datetime.now(UTC).isoformat(timespec="seconds"),
    )
    return Pending(source, table, scope, chunks)


def _stage_map(run: _Run, path: Path, member: Member, found: Recognised, sha256: str) -> Source:
    frame = boundaries.read_boundaries(path, member, found)
    kind = boundaries.kind_of(frame["area_fips"].tolist())
    year = boundaries.year_of(member.name, path.name)
    for state, rows in frame.groupby(frame["area_fips"].str[:2]):
        partition = f"{BOUNDARIES}/{kind}/{state}/{year}"
        file = f"{partition}/{sha256[:12]}.parquet"
        atomic.write_with(
            run.root / file, lambda p, r=rows: r.reset_index(drop=True).to_parquet(p)
        )
        run.maps.setdefault(partition, []).append(Part(file, len(rows), run.next_id))
    run.progress(len(frame))
    source = Source(
        run.next_id, path.name, BOUNDARIES, path.stat().st_size, sha256, len(frame), (str(year),),
        run.vintage, datetime.now(UTC).isoformat(timespec="seconds"),
    )  # fmt: skip
    run.map_sources.append(source)
    return source


def _one_table(path: Path, kinds: list[tuple[Member, Recognised]]) -> Table:
    tables = {found.table.name: found.table for _, found in kinds if found.table}
    if len(tables) != 1:
        raise DataFileError(
            f"it holds {' and '.join(sorted(tables)) or 'nothing to take in'}; "
            "one archive holds files of one kind, so take them in one by one",
            file=path,
        )
    return next(iter(tables.values()))


def _take_in(run: _Run, path: Path) -> Outcome:
    opened = members(path)
    sha256 = _sha256(path)
    known = run.known(sha256)
    if known is not None:
        return Outcome(path, "unchanged", known.table, known.rows, "already in the store")
    kinds = [(m, recognise(m)) for m in opened]
    maps = [(m, k) for m, k in kinds if is_geographic(k)]
    if len(maps) > 1:
        raise DataFileError(f"it holds {len(maps)} maps; take them in one by one", file=path)
    if maps:
        source = _stage_map(run, path, *maps[0], sha256)
    else:
        table = _one_table(path, kinds)
        source = _stage_checked(run, path, [m for m, _ in kinds], table, sha256).source
    run.next_id += 1
    return Outcome(path, "added", source.table, source.rows)


def _stage_checked(
    run: _Run, path: Path, found: list[Member], table: Table, sha256: str
) -> Pending:
    try:
        pending = _stage_table(run, path, found, table, sha256)
    except RepeatedKeyError as error:
        places = [(m, line) for m in found for line in _lines_of(m, table, error.key)]
        member, line = places[-1]
        first = f" (first on line {places[0][1]} of {places[0][0].name})" if len(places) > 1 else ""
        raise DataFileError(f"{error.message}{first}", file=member.label, line=line) from error
    run.pending.append(pending)
    return pending


def ingest(
    paths: Iterable[str | Path],
    root: Path,
    *,
    vintage: str = "",
    progress: Progress = lambda rows: None,
    report: Callable[[Outcome], object] = lambda outcome: None,
) -> list[Outcome]:
    """Take files into the store at `root`.

    Parameters
    ----------
    paths : iterable of path-like
        Files and folders.
    root : pathlib.Path
        The store; made if need be.
    vintage : str
        What the user knows of the release (``preliminary``, ``revised``); else what the file says.
    progress : callable
        Called with the number of rows of each block.
    report : callable
        Called with the outcome of each file.

    Returns
    -------
    list of Outcome
        One a file; a failed one carries its error and left nothing in the store.

    Raises
    ------
    StoreError
        Another ingest is writing to the store.
    """
    files = expand(paths)
    root.mkdir(parents=True, exist_ok=True)
    lock = filelock.FileLock(root / ".lock")
    try:
        lock.acquire(timeout=0)
    except filelock.Timeout as error:
        raise StoreError(
            f"Another ingest is writing to the store {root}; wait until it is done."
        ) from error
    staging = Path(tempfile.mkdtemp(prefix=".staging-", dir=root))
    try:
        catalogue = Catalogue.load(root)
        run = _Run(root, catalogue, staging, vintage, progress, next_id=catalogue.next_id())
        outcomes = []
        for path in files:
            try:
                outcome = _take_in(run, path)
            except LmiError as error:
                outcome = Outcome(path, "failed", message=str(error))
                remove_staging(staging / str(run.next_id))
            outcomes.append(outcome)
            report(outcome)
            if sum(p.source.rows for p in run.pending) >= COMMIT_EVERY_ROWS:
                run.commit()
        run.commit()
        return outcomes
    finally:
        remove_staging(staging)
        lock.release()
