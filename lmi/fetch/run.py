"""Fetch what a plan names: what is kept, what is new, what changed, what could not be had."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor, wait
from dataclasses import dataclass, replace
from datetime import date, timedelta
from email.utils import parsedate_to_datetime
from pathlib import Path
from typing import Literal, Protocol
from urllib.parse import urlsplit

from lmi.errors import FetchError
from lmi.fetch.cache import Cache, Held, Validators
from lmi.fetch.content import check_content
from lmi.fetch.lock import Locked
from lmi.fetch.pace import HostPace
from lmi.fetch.plan import FileGroup, Wanted
from lmi.fetch.registry import registry
from lmi.fetch.watch import Watch
from lmi.fetch.web import Answer, Progress, RefusedError, UnreachableError
from lmi.words import listing

__all__ = ["Origin", "Outcome", "Run"]

# Files are put in place some days before their release: those of 2025 that are final since
# 2026-08-28 are of 2026-08-21.
PUT_BEFORE = timedelta(days=21)
MOST_REFUSALS = 3  # of one host; after that it is left alone
Status = Literal["added", "unchanged", "revised", "newer", "differs", "absent", "failed", "missing"]


class Origin(Protocol):
    """Where files come from: the agencies, a mirror, a folder."""

    is_live: bool
    """Whether what is there is what the agency has today."""

    def get(self, url: str, part: Path, held: Held | None, progress: Progress) -> Answer:
        """Bring a file, or learn that it is the one that is kept, or not there."""
        ...

    def lists(self, url: str) -> bool:
        """Tell whether a file is known to be there; only a folder knows before it is asked."""
        ...

    def stop_now(self) -> None:
        """Let whatever is under way end."""
        ...


@dataclass(frozen=True)
class Outcome:
    """What became of one file.

    Parameters
    ----------
    status : str
        ``added``; ``unchanged``; ``revised``, another vintage was taken; ``newer``, there is
        another vintage and the locked one is used; ``differs``, the locked one cannot be had any
        more; ``absent``, the agency has none; ``failed``; ``missing``, there is no way to it.
    path : pathlib.Path, optional
        The file to use.
    vintage : str
        ``preliminary`` or ``revised``, as far as is known.
    """

    wanted: Wanted
    status: Status
    path: Path | None = None
    sha256: str = ""
    size: int = 0
    vintage: str = ""
    note: str = ""

    @property
    def release(self) -> str:
        """Period and vintage, as the lock has them."""
        return ", ".join(filter(None, [self.wanted.period, self.vintage]))

    @property
    def is_bad(self) -> bool:
        """Whether the file that was asked for is not there to be used."""
        return self.status in ("differs", "failed", "missing")


class Run:
    """One run over a plan.

    Parameters
    ----------
    origin : Origin or None
        None asks nobody and uses what is kept.
    today : datetime.date
        Day by which figures are preliminary or revised.
    update : bool
        Take what changed since the lock.
    """

    def __init__(
        self,
        cache: Cache,
        lock: dict[str, Locked],
        origin: Origin | None,
        today: date,
        *,
        update: bool = False,
        watch: Watch | None = None,
    ) -> None:
        self._cache, self._lock, self._origin = cache, lock, origin
        self._today, self._update, self._watch = today, update, watch or Watch()
        self._down: set[str] = set()
        self._refusals: Counter[str] = Counter()
        self._heads: set[str] = set()
        self._seen: set[str] = set()
        self._outcomes: dict[str, Outcome] = {}

    def all(self, groups: Sequence[FileGroup], beside: Iterable[Wanted] = ()) -> list[Outcome]:
        """Fetch every group, and files beside them.

        Returns
        -------
        list of Outcome
            By address; none for what stands behind a group that is not there.
        """
        asked = groups
        pools: dict[str, ThreadPoolExecutor] = {}
        try:
            self._fetch([*beside], pools)
            while groups:
                groups = self._wave(groups, pools)
        except BaseException:
            if self._origin is not None:
                self._origin.stop_now()
            raise
        finally:
            for pool in pools.values():
                pool.shutdown(cancel_futures=True)
        for group in asked:
            _settle(group, self._outcomes)
            self._say_what_would_do(group)
        return [outcome for _, outcome in sorted(self._outcomes.items())]

    def _wave(
        self, groups: Sequence[FileGroup], pools: dict[str, ThreadPoolExecutor]
    ) -> list[FileGroup]:
        """Fetch the first of every group, then what stands behind those that are there.

        Returns
        -------
        list of FileGroup
            What is to be asked for in place of those that are not.
        """
        heads = [g.files[0] for g in groups]
        self._heads |= {w.url for w in heads}
        self._fetch(heads, pools)
        instead: list[FileGroup] = []
        rest: list[Wanted] = []
        for group in groups:
            status = self._outcomes[group.files[0].url].status
            kept = self._kept_instead(group) if status == "missing" else []
            others = self._listed(group) if status == "absent" else list(group.files[1:])
            if kept:
                del self._outcomes[group.files[0].url]
            else:
                rest += others
            instead += kept or (group.instead if status == "absent" and not others else ())
        self._fetch(rest, pools)
        return instead

    def _listed(self, group: FileGroup) -> list[Wanted]:
        """Return the others of a group that lacks its first file alone, which is then a failure."""
        head, *others = group.files
        origin = self._origin
        if origin is None or not any(origin.lists(w.url) for w in others):
            return []
        note = f"{head.url}: it is not there, though others of {head.period} are"
        self._outcomes[head.url] = replace(self._outcomes[head.url], status="failed", note=note)
        return others

    def _kept_instead(self, group: FileGroup) -> list[FileGroup]:
        """Return what is kept of that which stands in for a group."""
        found: list[FileGroup] = []
        for each in group.instead:
            is_kept = self._cache.held(each.files[0].url) is not None
            found += [each] if is_kept else self._kept_instead(each)
        return found

    def _say_what_would_do(self, group: FileGroup) -> None:
        """Say of a group that there is no way to what may be put there in its place."""
        head = self._outcomes.get(group.files[0].url)
        if head is None or head.status != "missing" or not group.instead:
            return
        is_chain = len(group.instead) == 1
        others = _behind(group) if is_chain else group.instead
        url = group.instead[0].files[0].url
        periods = listing(
            (each.files[0].period for each in others), last="or" if is_chain else "and"
        )
        note = (
            f"{head.wanted.url}: where the agency has none, {periods} will do, such as {url} put "
            f"to {self._cache.place(url)}"
        )
        self._outcomes[head.wanted.url] = replace(head, note=note)

    def _fetch(self, files: Sequence[Wanted], pools: dict[str, ThreadPoolExecutor]) -> None:
        """Fetch files beside each other, each host at its own pace."""
        new = [w for w in dict.fromkeys(files) if w.url not in self._seen]
        self._seen |= {w.url for w in new}
        self._watch.planned(len(new))
        waiting: set[Future[Outcome]] = set()
        for wanted in new:
            host = urlsplit(wanted.url).netloc
            if host not in pools:
                pools[host] = ThreadPoolExecutor(HostPace.of(host).parallel, f"lmi-fetch-{host}")
            waiting.add(pools[host].submit(self._one, wanted))
        wait(waiting)
        self._outcomes |= {o.wanted.url: o for o in (future.result() for future in waiting)}

    def _one(self, wanted: Wanted) -> Outcome:
        self._watch.began(wanted.url)
        try:
            outcome = self._outcome(wanted)
        except FetchError as error:
            outcome = Outcome(wanted, "failed", note=str(error))
        except OSError as error:
            note = f"{wanted.url}: it cannot be kept ({error.strerror or error})"
            outcome = Outcome(wanted, "failed", note=note)
        self._watch.done(outcome)
        return outcome

    def _outcome(self, wanted: Wanted) -> Outcome:
        host = urlsplit(wanted.url).netloc
        if self._origin is None or host in self._down:
            return self._kept(wanted, "missing")
        if self._refusals[host] >= MOST_REFUSALS:
            raise FetchError(f"{wanted.url}: not asked for, since {host} refuses.")
        current = self._cache.held(wanted.url)
        part = self._cache.part(wanted.url)

        def progress(size: int, total: int) -> None:
            self._watch.came(wanted.url, size, total)

        try:
            answer = self._origin.get(wanted.url, part, current, progress)
        except UnreachableError:
            self._down.add(host)
            return self._kept(wanted, "missing")
        except RefusedError:
            self._refusals[host] += 1
            raise
        if answer.status == "absent":
            return self._not_there(wanted)
        if answer.part is not None:
            try:
                check_content(answer.part, registry().sources[wanted.source], wanted)
            except FetchError:
                answer.part.unlink()
                raise
        return self._decided(wanted, answer, current)

    def _kept(self, wanted: Wanted, otherwise: Status, note: str = "") -> Outcome:
        """Use what is kept of a file that nobody is asked for."""
        locked = self._lock.get(wanted.url)
        held = self._cache.held(wanted.url, locked.sha256 if locked else None)
        if held is None or (locked and held.sha256 != locked.sha256 and not self._update):
            return Outcome(wanted, otherwise, note=note)
        vintage = self._vintage(wanted, held.validators, held.sha256)
        return Outcome(wanted, "unchanged", held.path, held.sha256, held.size, vintage, note)

    def _not_there(self, wanted: Wanted) -> Outcome:
        lacks = wanted.may_lack or wanted.url in self._heads
        is_live = self._origin is not None and self._origin.is_live
        note = f"{wanted.url}: {'the agency has no such file' if is_live else 'it is not there'}"
        if wanted.url in self._lock:
            return self._kept(wanted, "failed", f"{note} any more")
        if wanted.may_lack:
            note = f"{note}; {wanted.may_lack}"
        return self._kept(wanted, "absent" if lacks else "failed", note)

    def _decided(self, wanted: Wanted, answer: Answer, current: Held | None) -> Outcome:
        """Take what came, or stay with what the lock names."""
        locked = self._lock.get(wanted.url)
        if locked is None or self._update or locked.sha256 == answer.sha256:
            return self._taken(wanted, answer, current, locked)
        if answer.part is not None:
            self._cache.keep_beside(wanted.url, answer.part, answer.sha256)
        held = self._cache.held(wanted.url, locked.sha256)
        day = f"{locked.retrieved:%Y-%m-%d}"
        if held is not None and held.sha256 == locked.sha256:
            note = f"{wanted.url}: there is a newer vintage than that of {day}, which is used"
            vintage = self._vintage(wanted, held.validators, held.sha256)
            return Outcome(wanted, "newer", held.path, held.sha256, held.size, vintage, note)
        note = (
            f"{wanted.url}: these are no longer the bytes of {day} that the lock names "
            f"({answer.size:,} now, {locked.size:,} then)"
        )
        return Outcome(wanted, "differs", note=note)

    def _taken(
        self, wanted: Wanted, answer: Answer, current: Held | None, locked: Locked | None
    ) -> Outcome:
        if answer.part is not None:
            path = self._cache.keep(wanted.url, answer.part, answer.sha256, answer.validators)
        else:
            path = self._cache.place(wanted.url)
        before = locked.sha256 if locked else current.sha256 if current else ""
        status: Status = "unchanged" if current is not None else "added"
        note = ""
        if before and before != answer.sha256:
            status, note = "revised", f"{wanted.url}: a new vintage was taken; the old one is kept"
        vintage = self._vintage(wanted, answer.validators, answer.sha256)
        return Outcome(wanted, status, path, answer.sha256, answer.size, vintage, note)

    def _vintage(self, wanted: Wanted, validators: Validators, sha256: str) -> str:
        """Tell whether figures are preliminary, by the release that the file was put there for."""
        locked = self._lock.get(wanted.url)
        if locked is not None and locked.sha256 == sha256:
            return locked.release.partition(", ")[2]
        is_live = self._origin is not None and self._origin.is_live
        if not (validators.modified or is_live):
            return ""
        try:
            day = parsedate_to_datetime(validators.modified).date() + PUT_BEFORE
        except (TypeError, ValueError):
            day = self._today
        return registry().sources[wanted.source].vintage(wanted.year, day, wanted.quarter)


def _behind(group: FileGroup) -> list[FileGroup]:
    """Return all that may stand in for a group, and for what stands in, in order."""
    found = [*group.instead]
    for each in found:
        found += each.instead
    return found


def _settle(group: FileGroup, outcomes: dict[str, Outcome]) -> None:
    """Say in one remark what was taken in place of a group that is not there, if anything was."""
    head = outcomes.get(group.files[0].url)
    if head is None or head.status != "absent" or not group.instead:
        return
    there: list[Wanted] = []
    lacking: list[Wanted] = []
    for each in _behind(group):
        found = outcomes.get(each.files[0].url)
        if found is not None:
            (lacking if found.status == "absent" else there).append(found.wanted)
    for wanted in lacking:
        outcomes.pop(wanted.url, None)
    taken = listing(w.period for w in there)
    n_files = len(group.files)
    place = "its place" if n_files == 1 else f"the place of its {n_files:,} files"
    ending = f"; taken in {place}: {taken}" if there else ", nor any that would do as well"
    outcomes[head.wanted.url] = replace(head, note=f"{head.note}{ending}")
