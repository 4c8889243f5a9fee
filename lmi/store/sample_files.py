"""Bring the embedded sample into a store that lacks it."""

from __future__ import annotations

from collections.abc import Callable

from lmi.config import StateConfig
from lmi.errors import StoreError
from lmi.store.query import Store

__all__ = ["take_in_sample"]

PATIENCE_S = 60


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
    from lmi.store.given_files import not_held
    from lmi.store.ingest import ingest

    # Whoever finds the sample there only reads, and may do so beside others; where two find it
    # lacking at once (two notebooks on a new checkout), the second waits for the first.
    lacking = not_held(sample.files(), store.root)
    results = ingest(lacking, store.root, patience_s=PATIENCE_S) if lacking else []
    for result in results:
        if result.status == "failed":
            raise StoreError(f"The embedded sample is damaged: {result.message}; install again.")
    added = sum(o.status == "added" for o in results)
    if added:
        say(f"Took in the {added} files of the embedded sample (illustrative data).")
