"""As many connections as a full room has: a page on each phone, and what it asks for beside it."""

from __future__ import annotations

import contextlib
import sys

__all__ = ["MOST", "allow_many"]

MOST = 4096
"""Connections and files that are open at once: ten for each of 400 people."""


def allow_many() -> None:
    """Let this process hold as many as the system would allow it if it asked.

    A process on a Mac begins with 256, which a hundred phones exceed: the next would be let in by
    nobody.

    Examples
    --------
    >>> allow_many()
    """
    if sys.platform == "win32":  # it has no such bound
        return
    import resource

    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = MOST if hard == resource.RLIM_INFINITY else min(MOST, hard)
    if soft != resource.RLIM_INFINITY and soft < wanted:
        with contextlib.suppress(ValueError, OSError):  # a system that says more than it allows
            resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))
