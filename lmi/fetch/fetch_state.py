"""Fetch all that a state needs, take it in, and say what is new."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from lmi import atomic
from lmi.analysis.year_cells import available_years
from lmi.assessment.opening import OpenedState, Say, open_state
from lmi.config import StateConfig, named_state
from lmi.errors import StoreError
from lmi.fetch.cache import Cache
from lmi.fetch.lock import Locked, read_lock, write_lock
from lmi.fetch.mirror import Folder
from lmi.fetch.moved_figures import Changes, Snapshot, changes, snapshot
from lmi.fetch.moved_figures_page import changes_page
from lmi.fetch.plan import ALWAYS, FileGroup, Wanted, plan
from lmi.fetch.registry import ANNUAL, registry
from lmi.fetch.run import Origin, Outcome, Run
from lmi.fetch.take_in import take_in, to_take_in
from lmi.fetch.watch import Watch
from lmi.fetch.web import Web
from lmi.store import Store
from lmi.store.file_result import FileResult

__all__ = ["Fetched", "Request", "by_hand", "fetch_state", "origin_named", "planned_files"]

PAGE = "changes.html"


@dataclass(frozen=True)
class Request:
    """What is to be fetched, and into which folders.

    Parameters
    ----------
    what : tuple of str
        Names of sources.
    years : tuple of int
        The usual ones where empty.
    locked : bool
        Fetch what the lock names and nothing else.
    """

    what: tuple[str, ...]
    years: tuple[int, ...]
    today: date
    store: Path
    regions: Path
    outputs: Path
    downloads: Path
    update: bool = False
    locked: bool = False


@dataclass(frozen=True, eq=False)
class Fetched:
    """What a run brought.

    Parameters
    ----------
    taken_in : tuple of FileResult
        What became of each file at the store.
    changes : Changes or None
        What moved; None where there was nothing to compare with.
    page : pathlib.Path or None
        The page that says so.
    """

    state: StateConfig
    outcomes: tuple[Outcome, ...]
    taken_in: tuple[FileResult, ...]
    changes: Changes | None
    page: Path | None

    @property
    def missing(self) -> tuple[Outcome, ...]:
        """The files that there was no way to."""
        return tuple(o for o in self.outcomes if o.status == "missing")

    @property
    def is_whole(self) -> bool:
        """Whether every file that was asked for is there and was taken in, and there are any."""
        refused = any(r.status == "failed" for r in self.taken_in)
        is_any = not self.outcomes or any(o.path is not None for o in self.outcomes)
        return is_any and not refused and not any(o.is_bad for o in self.outcomes)


def origin_named(name: str | None) -> Origin:
    """Return where files come from: the agencies, an address, a folder.

    Raises
    ------
    FetchError
        There is no such folder.
    """
    if name is None:
        return Web()
    return Web(name) if name.startswith(("https://", "http://")) else Folder(Path(name))


def planned_files(slug: str, request: Request) -> list[tuple[Wanted, int | None]]:
    """Return the files that would be asked for, with their sizes where these are known."""
    state = named_state(slug, request.regions)
    lock = read_lock(state.folder)
    groups, beside = _planned(state, request, lock)
    files = dict.fromkeys([*(w for g in groups for w in g.files), *beside])
    cache = Cache(request.downloads)
    return [(w, _size(w.url, lock, cache)) for w in sorted(files, key=lambda w: w.url)]


def _size(url: str, lock: dict[str, Locked], cache: Cache) -> int | None:
    if url in lock:
        return lock[url].size
    path = cache.place(url)
    return path.stat().st_size if path.is_file() else None


def _planned(
    state: StateConfig, request: Request, lock: dict[str, Locked]
) -> tuple[list[FileGroup], list[Wanted]]:
    """Return the groups to fetch, and what the lock names beside them."""
    groups = [] if request.locked else plan(state, request.today, request.what, request.years)
    what = {"qcew" if name == ALWAYS else name for name in request.what}
    beside = [_wanted(e) for e in lock.values() if e.source in what]
    if request.years:
        beside = [w for w in beside if not w.year or w.year in request.years]
    planned = {w.url for g in groups for w in g.files}
    return groups, [w for w in beside if w.url not in planned]


def _wanted(entry: Locked) -> Wanted:
    """Read period and source of a file off its line in the lock."""
    period = entry.release.partition(",")[0]
    year, _, quarter = period.partition(" Q")
    return Wanted(entry.source, entry.url, int(year) if year.isdigit() else 0, quarter or ANNUAL)


def fetch_state(
    slug: str,
    request: Request,
    origin: Origin | None,
    *,
    watch: Watch | None = None,
    report: Callable[[FileResult], object] = lambda result: None,
    say: Say = lambda text: None,
) -> Fetched:
    """Fetch a state's files, take them in, and say what is new.

    Parameters
    ----------
    origin : Origin or None
        Where from; None uses what is kept and asks nobody.
    watch, report, say
        Told of each file as it comes, of each that is taken in, and of what takes time.

    Raises
    ------
    ConfigError
        A definition or the lock is not valid.
    FetchError
        The state is fictional.
    StoreError
        The store cannot be written to.
    """
    state = named_state(slug, request.regions)
    lock = read_lock(state.folder)
    groups, beside = _planned(state, request, lock)
    cache = Cache(request.downloads)
    run = Run(cache, lock, origin, request.today, update=request.update, watch=watch)
    with cache.sole_writer():
        outcomes = run.all(groups, beside)
    opened = open_state(slug, store=Store(request.store), regions=request.regions)
    new = [o.wanted for o in to_take_in(outcomes, request.store)]
    before = _before(opened, new, say)
    taken_in = take_in(outcomes, request.store, report) if any(o.path for o in outcomes) else []
    refused = {r.path for r in taken_in if r.status == "failed"}
    write_lock(state.folder, _locked(outcomes, lock, refused, request.today))
    found = _compared(opened, before, new, say)
    page = None
    if found is not None and not found.nothing:
        page = request.outputs / state.slug / PAGE
        atomic.write_text(page, changes_page(state, found, request.today))
    return Fetched(state, tuple(outcomes), tuple(taken_in), found, page)


def _before(opened: OpenedState, new: Sequence[Wanted], say: Say) -> Snapshot | None:
    """Measure a state as it is before files are taken in, if that may change its numbers."""
    measured = [w for w in new if w.source == "qcew"]
    if not measured:
        return None
    try:
        available_years(opened.store, opened.state)
    except StoreError:
        return None
    say(f"Measuring {opened.state.name} as it is ...")
    return snapshot(opened, measured, say)


def _compared(
    opened: OpenedState, before: Snapshot | None, new: Sequence[Wanted], say: Say
) -> Changes | None:
    if before is None or before.tables is None:
        return None
    say(f"Measuring {opened.state.name} with what is new ...")
    return changes(opened, before, snapshot(opened, new, say))


def _locked(
    outcomes: Sequence[Outcome], lock: dict[str, Locked], refused: set[Path], today: date
) -> dict[str, Locked]:
    """Return the lock's lines with those of the files that are used now."""
    entries = dict(lock)
    for o in outcomes:
        if o.path is None or o.path in refused or o.status == "newer":
            continue
        known = lock.get(o.wanted.url)
        if known is None or known.sha256 != o.sha256:
            entries[o.wanted.url] = Locked(o.wanted.url, o.sha256, o.size, today, o.release)
    return entries


def by_hand(outcomes: Sequence[Outcome]) -> list[str]:
    """Return the addresses of files that hold the same for all areas, of a year or its quarters."""
    found: dict[str, None] = {}
    for o in outcomes:
        whole = registry().sources[o.wanted.source].by_hand
        address = whole.get("year" if o.wanted.quarter == ANNUAL else "quarters")
        if address and o.wanted.year:
            found[address.format(year=o.wanted.year)] = None
    return sorted(found)
