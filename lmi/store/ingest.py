"""Take files in: recognise, read, check, stage, commit.

Each file stands or falls alone: nothing of a file with an error enters the store, and the files
before it stay. The same file again changes nothing.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import chain
from pathlib import Path

import polars as pl

from lmi.errors import DataFileError, LmiError
from lmi.schema import BOUNDARIES, QCEW_TABLES, VINTAGE, VINTAGES, Table
from lmi.schema.others import STATE_PROJECTIONS
from lmi.sources.archive import Member, members
from lmi.sources.reader import Reader
from lmi.sources.recognise import NoTableError, Recognised, recognise
from lmi.sources.streaming import ahead
from lmi.store.at_odds import AtOdds, at_odds, is_compared
from lmi.store.catalogue import Catalogue, IngestedFile
from lmi.store.commit import Pending, commit, remove_staging, sole_writer
from lmi.store.file_result import MOST_SAID, FileResult, committed
from lmi.store.given_files import came_before, expand, name_of, sha256_of
from lmi.store.held_numbers import HeldNumbers
from lmi.store.moved_outlines import moved_outlines
from lmi.store.other_years import totals_at_odds
from lmi.store.periods import periods
from lmi.store.staging import RepeatedKeyError, Staging

__all__ = ["ingest"]

# Small files are committed together, so that a folder of slices merges a partition once.
COMMIT_EVERY_ROWS = 2_000_000

Progress = Callable[[int], object]


@dataclass
class _Run:
    """State of one ingest run: what is staged, and what is to be reported once it is committed."""

    root: Path
    catalogue: Catalogue
    staging: Path
    vintage: str
    replace: bool
    progress: Progress
    report: Callable[[FileResult], object]
    pending: list[Pending] = field(default_factory=list)
    waiting: list[FileResult | tuple[Path, list[Pending]]] = field(default_factory=list)
    results: list[FileResult] = field(default_factory=list)
    totals: dict[str, tuple[list[Path], pl.DataFrame]] = field(default_factory=dict)
    next_id: int = 1

    def commit(self) -> None:
        """Bring in what waits and report it; a commit that was broken off is not tried again."""
        pending, self.pending = self.pending, []
        waiting, self.waiting = self.waiting, []
        counts = commit(self.root, self.catalogue, pending) if pending else {}
        for one in waiting:
            if isinstance(one, FileResult):
                result = one
            else:
                result = committed(*one, counts, self.catalogue.answers)
            self.results.append(result)
            self.report(result)

    def known(self, path: Path, sha256: Callable[[], str]) -> IngestedFile | None:
        """Return the source of this file's bytes; its hash is asked for only where sizes agree."""
        waiting = (p.source for p in self.pending)
        return came_before((*waiting, *reversed(self.catalogue.kept)), path, sha256)

    def need_not_read(self, path: Path, source: IngestedFile) -> bool:
        """Tell whether a file that came before is all that the store answers with of it."""
        if name_of(path) != source.name or source.table == STATE_PROJECTIONS.name:
            return False  # another name, or a mapping that was changed, may say something else
        if self.replace or self.vintage not in ("", source.vintage):
            return False
        tables = {part.table for part in self.parts(source)}
        if any(p.source.table in tables for p in self.pending):
            self.commit()  # what waits may take the place of its rows
        return all(self.catalogue.answers[s.source_id] == s.rows for s in self.parts(source))

    def parts(self, source: IngestedFile) -> list[IngestedFile]:
        """Return the sources that a source's file came as, by release."""
        waiting = (p.source for p in self.pending)
        return [s for s in (*waiting, *self.catalogue.kept) if s.came_with(source)]


def _stage(
    run: _Run, path: Path, found: list[Member], kind: Recognised, sha256: Callable[[], str]
) -> list[Pending]:
    """Stage the rows of a file, those of each table and release as a source of their own."""
    folder = run.staging / str(run.next_id)
    staged: list[_Staged] = []
    remarks: list[str] = []
    try:
        for table in kind.tables:
            first_id = run.next_id + len(staged)
            staged += _staged(run, folder, found, kind.reader, table, first_id, remarks)
        chunks = [one.staging.finish() for one in staged]
    except RepeatedKeyError as error:
        raise _located(error, path, found, kind) from error
    if not staged:
        left = f"no row of it can be taken in: {'; '.join([*dict.fromkeys(remarks)][:MOST_SAID])}"
        told = left if remarks else "it has a header and no rows; download it again"
        raise DataFileError(told, file=path)
    for one, chunk in zip(staged, chunks, strict=True):
        remarks += _compared(run, path, one.staging.table, chunk)
    size, now = path.stat().st_size, datetime.now(UTC).isoformat(timespec="seconds")
    before = run.known(path, sha256)
    pending = []
    for one, chunk in zip(staged, chunks, strict=True):
        table, staging = one.staging.table, one.staging
        source = IngestedFile(
            staging.source_id,
            name_of(path),
            table.name,
            size,
            sha256(),
            staging.rows,
            tuple(sorted(one.periods)),
            one.vintage,
            now,
            remarks=tuple(dict.fromkeys(remarks)),
        )
        replaces = table.replaces if run.replace else table.key
        pending.append(Pending(source, table, replaces, chunk, before))
    return pending


def _compared(run: _Run, path: Path, table: Table, chunks: dict[str, list[Path]]) -> list[str]:
    """Hold a table to what the store has beside it, and return what is odd.

    Raises
    ------
    DataFileError
        Both cannot be.
    """
    waiting: dict[str, list[Path]] = {}
    for item in run.pending:
        for name, files in item.chunks.items():
            waiting.setdefault(f"{item.source.table}/{name}", []).extend(files)
    held = HeldNumbers(run.root, run.catalogue, waiting, run.totals)
    if table in QCEW_TABLES:
        found = totals_at_odds(chunks, table, held)
    elif is_compared(table.name):
        run.commit()  # what waits is what it stands beside
        rows = pl.concat([pl.read_parquet(file) for files in chunks.values() for file in files])
        found = at_odds(rows, table.name, held)
    elif table is BOUNDARIES:
        run.commit()
        found = AtOdds([*moved_outlines(chunks, run.root, run.catalogue)])
    else:
        return []
    if found.refused:
        raise DataFileError(found.refused[0], file=path)
    return found.remarked


@dataclass
class _Staged:
    """Rows of one table and release that wait for the commit."""

    vintage: str
    staging: Staging
    periods: set[str] = field(default_factory=set)


def _staged(
    run: _Run,
    folder: Path,
    found: list[Member],
    reader: Reader,
    table: Table,
    first_id: int,
    remarks: list[str],
) -> list[_Staged]:
    """Stage the rows of one table, by release."""
    stated = run.vintage or reader.vintage([m.name for m in found])
    by_vintage: dict[str, _Staged] = {}
    read = chain.from_iterable(reader.read(member, table, remarks) for member in found)
    for frame in ahead(read):  # what is taken in is checked while what was checked is written
        for vintage, rows in _by_vintage(frame, stated).items():
            if vintage not in by_vintage:
                number = first_id + len(by_vintage)
                staging = Staging(folder, table, number)
                by_vintage[vintage] = _Staged(vintage, staging)
            by_vintage[vintage].staging.add(rows)
            by_vintage[vintage].periods.update(periods(rows))
        run.progress(frame.height)
    return [one for one in by_vintage.values() if one.staging.rows]


def _by_vintage(frame: pl.DataFrame, stated: str) -> dict[str, pl.DataFrame]:
    """Split rows by the release that they say they are of, where nothing else is stated."""
    if VINTAGE not in frame.columns:
        return {stated: frame}
    if stated:
        return {stated: frame.drop(VINTAGE)}
    said = pl.col(VINTAGE).str.strip_chars()
    known = frame.with_columns(pl.when(said.is_in(VINTAGES)).then(said).otherwise(pl.lit("")))
    parts = known.partition_by(VINTAGE, as_dict=True, include_key=False)
    return {str(vintage): rows for (vintage,), rows in parts.items()}


def _located(
    error: RepeatedKeyError, path: Path, found: list[Member], kind: Recognised
) -> DataFileError:
    """Name the lines on which a repeated key stands, if the file has lines."""
    places = [(m, line) for m in found for line in kind.reader.lines(m, kind.table, error.key)]
    if not places:
        return DataFileError(error.message, file=path)
    (first, first_line), (last, line) = places[0], places[-1]
    where = f"line {first_line}" if first == last else f"line {first_line} of {first.name}"
    return DataFileError(f"{error.message}; it is also on {where}", file=last.label, line=line)


def _one_kind(path: Path, kinds: list[Recognised | None]) -> Recognised:
    """Return what an archive holds; one archive holds one map, or files of one table."""
    held = [kind for kind in kinds if kind is not None]
    named = {f"a {k.reader.alone}" if k.reader.alone else k.table.name for k in held}
    alone = [k.reader.alone for k in held if k.reader.alone and not k.in_parts]
    if len(named) == 1 and len(alone) <= 1:
        return held[0]
    several = f"{len(alone)} {alone[0]}s" if len(alone) > 1 else ""
    what = several or " and ".join(sorted(named)) or "nothing to take in"
    raise DataFileError(
        f"it holds {what}; one archive holds files of one kind, so take them in one by one",
        file=path,
    )


def _tables(opened: list[Member]) -> tuple[dict[Member, Recognised | None], tuple[str, ...]]:
    """Return what the members of a file are, and say of an archive's what is no table.

    Raises
    ------
    DataFileError
        There is no table, or one that must not be taken in.
    """
    kinds: dict[Member, Recognised | None] = {}
    others: list[NoTableError] = []
    for member in opened:
        try:
            kinds[member] = recognise(member)
        except NoTableError as error:
            others.append(error)
    if others and not any(kinds.values()):
        raise others[0]
    return kinds, tuple(error.told for error in others)


def _take_in(run: _Run, path: Path) -> FileResult | None:
    """Stage a file, or say why it need not be; None where the commit will tell."""
    opened = members(path)
    with ThreadPoolExecutor(1) as beside:  # hashing goes on while the file is read
        sha256 = beside.submit(sha256_of, path).result
        known = run.known(path, sha256)
        if known is not None and run.need_not_read(path, known):
            rows = sum(part.rows for part in run.parts(known))
            return FileResult(path, "unchanged", known.table, rows, "already in the store")
        kinds, left = _tables(opened)
        kind = _one_kind(path, list(kinds.values()))
        found = [member for member, each in kinds.items() if each == kind]
        first, *others = _stage(run, path, found, kind, sha256)
    items = [dataclasses.replace(first, left=left), *others]
    run.pending += items
    run.waiting.append((path, items))
    run.next_id += len(items)
    return None


def _stage_or_say_why(run: _Run, path: Path, *, is_named: bool) -> None:
    """Stage a file, or leave nothing of it.

    Parameters
    ----------
    is_named : bool
        Whether the user named it, and not a folder that it lies in.
    """
    try:
        result = _take_in(run, path)
    except NoTableError as error:
        is_left = not (is_named or error.is_amiss)
        told = error.told if is_left else str(error)
        result = FileResult(path, "left" if is_left else "failed", message=told)
    except (LmiError, OSError) as error:
        remove_staging(run.staging / str(run.next_id))
        told = str(error)
        if isinstance(error, OSError):
            reason = error.strerror or told
            told = str(DataFileError(f"it was broken off ({reason}); try again", file=path))
        result = FileResult(path, "failed", message=told)
    if result is not None:
        run.waiting.append(result)


def ingest(
    paths: Iterable[str | Path],
    root: Path,
    *,
    vintage: str = "",
    replace: bool = False,
    patience_s: float = 0,
    progress: Progress = lambda rows: None,
    report: Callable[[FileResult], object] = lambda result: None,
) -> list[FileResult]:
    """Take files into the store at `root`.

    Parameters
    ----------
    paths : iterable of path-like
        Files and folders.
    root : pathlib.Path
        The store; made if need be.
    vintage : str
        What the user knows of the release (``preliminary``, ``revised``); else what the file says.
    replace : bool
        Whether the files stand in place of all that the store has of their areas and periods, and
        not only of the rows that they hold.
    patience_s : float, seconds
        How long to wait for another ingest.
    progress : callable
        Called with the number of rows of each block.
    report : callable
        Called with the result of each file, once it is committed.

    Returns
    -------
    list of FileResult
        One a file; a failed one carries its error and left nothing in the store.

    Raises
    ------
    StoreError
        Another ingest is writing to the store, or it cannot be written to.
    """
    paths = list(paths)
    files, named = expand(paths), {Path(path).expanduser() for path in paths}
    with sole_writer(root, patience_s) as staging:
        catalogue = Catalogue.load(root)
        next_id = catalogue.next_id()
        run = _Run(root, catalogue, staging, vintage, replace, progress, report, next_id=next_id)
        try:
            for path in files:
                _stage_or_say_why(run, path, is_named=path in named)
                if not run.pending or sum(p.source.rows for p in run.pending) >= COMMIT_EVERY_ROWS:
                    run.commit()
        finally:
            # Whatever stopped the run, the files before it stay.
            run.commit()
        return run.results
