"""Bring the embedded sample into a store that lacks it."""

from __future__ import annotations

from collections.abc import Callable

from lmi.config import StateConfig
from lmi.errors import StoreError
from lmi.store.ingest import ingest
from lmi.store.reader import Store

__all__ = ["take_in_sample"]


def take_in_sample(
    state: StateConfig, store: Store, say: Callable[[str], object] = lambda text: None
) -> None:
    """Take the sample's files in if a fictional state is asked for.

    Raises
    ------
    StoreError
        A file of the sample is damaged.

    Examples
    --------
    >>> import tempfile
    >>> from lmi.config import load_state
    >>> take_in_sample(load_state("oregon"), Store(tempfile.mkdtemp()))
    """
    if not state.illustrative:
        return
    from lmi import sample

    results = ingest(sample.files(), store.root)
    for result in results:
        if result.status == "failed":
            raise StoreError(f"The embedded sample is damaged: {result.message}; install again.")
    added = sum(o.status == "added" for o in results)
    if added:
        say(f"Took in the {added} files of the embedded sample (illustrative data).")
