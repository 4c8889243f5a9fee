"""What a run of the tests needs more than once is made by the first worker that asks for it."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import filelock
import pytest

__all__ = ["made_once"]


def made_once(name: str, make: Callable[[Path], object], factory: pytest.TempPathFactory) -> Path:
    """A folder of this run: the first worker that asks for it makes it, the others wait for it."""
    base = factory.getbasetemp()
    place = (base.parent if os.environ.get("PYTEST_XDIST_WORKER") else base) / name
    with filelock.FileLock(f"{place}.lock"):
        if not place.exists():
            unfinished = place.with_name(f"{name}.unfinished")
            make(unfinished)
            unfinished.rename(place)
    return place
