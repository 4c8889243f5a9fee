"""A Chromium that is driven: started in one way, and calling nobody at home."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from typing import Any

import pytest

__all__ = ["FLAGS", "driven"]

# The last ones keep a browser that is driven from calling home.
FLAGS = (
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
)  # fmt: skip


@contextlib.contextmanager
def driven(chromium: str) -> Iterator[Any]:
    """Start the browser, and end it; a skip where nothing can drive it."""
    api = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    with api.sync_playwright() as running:
        found = running.chromium.launch(executable_path=chromium, args=list(FLAGS))
        yield found
        found.close()
