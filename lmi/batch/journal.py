"""A state's folder of outputs while batches write it: one at a time, and how each region fared.

The journal and the lock are hidden files: they say how a run went, and are no part of its result.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from filelock import FileLock, Timeout

from lmi import atomic
from lmi.batch.kernels import CONNECTION
from lmi.errors import LmiError
from lmi.output_files import PAGE

__all__ = [
    "OLD",
    "PARTIAL",
    "RegionState",
    "failed_notebook",
    "is_running",
    "journal",
    "read_journal",
    "write_alone",
]

JOURNAL, LOCK = ".batch.json", ".batch.lock"
PARTIAL, OLD = ".partial-", ".old-"
"""What a folder's name begins with while it is written, and while it is replaced."""


class RegionState(NamedTuple):
    """What became of a region in the last batch.

    Parameters
    ----------
    status : {"waiting", "running", "made", "unchanged", "failed"}
    error : str
        Why it failed, in one sentence.
    cell : str
        The call of the notebook that failed.
    """

    status: str
    error: str = ""
    cell: str = ""


@contextmanager
def write_alone(folder: Path) -> Iterator[None]:
    """Hold a state's folder, and put away what a batch that was killed left in it.

    The lock ends with the process that holds it, however it ends.

    Raises
    ------
    LmiError
        Another batch writes it, or it cannot be written.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        lock = FileLock(folder / LOCK, timeout=0)
        lock.acquire()
    except Timeout:
        raise LmiError(
            f"Another batch writes {folder}; wait for it (`lmi status` shows how far it is), or "
            "write elsewhere with --outputs."
        ) from None
    except OSError as error:
        raise LmiError(f"The folder {folder} cannot be written ({error.strerror}).") from error
    try:
        _put_away(folder)
        yield
    finally:
        lock.release()


def _put_away(folder: Path) -> None:
    for old in folder.glob(f"{OLD}*"):  # killed between taking the old away and putting the new
        place = folder / old.name.removeprefix(OLD)
        if not place.exists():
            old.replace(place)
    (folder / CONNECTION).unlink(missing_ok=True)
    for left in [*folder.glob(f"{OLD}*"), *folder.glob(f"{PARTIAL}*")]:
        shutil.rmtree(left, ignore_errors=True)


def failed_notebook(folder: Path, region: str) -> Path:
    """Where the notebook of a region that failed is kept, as far as it ran."""
    return folder / f"failed-{region}.ipynb"


def is_running(folder: Path) -> bool:
    """Whether a batch writes a state's folder now."""
    if not (folder / LOCK).is_file():
        return False
    try:
        with FileLock(folder / LOCK, timeout=0):
            return False
    except Timeout:
        return True


def journal(folder: Path, entries: Mapping[str, RegionState]) -> None:
    """Write what became of each region so far, whole or not at all."""
    text = json.dumps({key: entry._asdict() for key, entry in entries.items()}, indent=1)
    atomic.write_text(folder / JOURNAL, f"{text}\n")


def read_journal(folder: Path, regions: Sequence[str]) -> dict[str, RegionState]:
    """Read how the last batch went, or goes, for each of a state's regions.

    Returns
    -------
    dict of str to RegionState
        A region that no batch has reached is waiting, or made, if its page is there.
    """
    try:
        written = json.loads((folder / JOURNAL).read_text(encoding="utf-8"))
        known = {key: RegionState(**entry) for key, entry in written.items()}
    except (OSError, ValueError, TypeError, AttributeError):
        known = {}
    runs = is_running(folder)
    found = {}
    for key in regions:
        entry = known.get(key, RegionState("waiting"))
        if entry.status == "waiting" and runs and (folder / f"{PARTIAL}{key}").is_dir():
            entry = RegionState("running")
        elif entry.status == "waiting" and (folder / key / PAGE).is_file():
            entry = RegionState("made")
        found[key] = entry
    return found
