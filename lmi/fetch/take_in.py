"""Hand fetched files to the store: the one place that does."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from lmi.fetch.run import Outcome
from lmi.store.file_result import FileResult
from lmi.store.given_files import not_held
from lmi.store.ingest import ingest

__all__ = ["take_in", "to_take_in"]


def to_take_in(outcomes: Sequence[Outcome], store: Path) -> list[Outcome]:
    """Return the files that the store lacks."""
    there = {o.path: o for o in outcomes if o.path is not None}
    return [there[path] for path in not_held(there, store)] if there else []


def take_in(
    outcomes: Sequence[Outcome],
    store: Path,
    report: Callable[[FileResult], object] = lambda result: None,
) -> list[FileResult]:
    """Take files into the store, those of one vintage together.

    A file that takes the place of an older vintage holds all that the agency now says of its area
    and period, so that a row which it no longer has goes.
    """
    results: list[FileResult] = []
    kinds = {(o.vintage, o.status == "revised") for o in outcomes if o.path is not None}
    for vintage, replace in sorted(kinds):
        paths = [
            o.path
            for o in outcomes
            if o.path is not None and (o.vintage, o.status == "revised") == (vintage, replace)
        ]
        results += ingest(paths, store, vintage=vintage, replace=replace, report=report)
    return results
