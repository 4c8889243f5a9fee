"""One process at a time makes what is kept on disk; who waited reads what it made."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from pathlib import Path

from filelock import FileLock

__all__ = ["alone"]

PATIENCE_S = 600.0  # longer than any state takes; whoever was stopped in the middle holds none up


@contextlib.contextmanager
def alone(lock: Path) -> Iterator[None]:
    """Hold a lock while something is made.

    Where none is to be had, as in a store that cannot be written to, each makes its own.

    Examples
    --------
    >>> import tempfile
    >>> with alone(Path(tempfile.mkdtemp()) / "made" / ".lock"):
    ...     print("made by one")
    made by one
    """
    with contextlib.ExitStack() as held:
        with contextlib.suppress(OSError, NotImplementedError):
            lock.parent.mkdir(parents=True, exist_ok=True)
            held.enter_context(FileLock(lock, timeout=PATIENCE_S))
        yield
