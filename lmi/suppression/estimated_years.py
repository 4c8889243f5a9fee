"""Employment and wages of a year, state by state, made once and kept beside the store.

Estimating a state takes seconds and every profile of it needs the same numbers, so the result is
kept on disk under a name that holds all it was made from: another file in the store, or another
version of the method, and it is made anew.
"""

from __future__ import annotations

import contextlib
import json
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd

from lmi import atomic
from lmi.one_at_a_time import alone
from lmi.store import Store
from lmi.suppression.array_cache import DAMAGED, contents_key, read_arrays, write_arrays
from lmi.suppression.draws import Draws, pack, unpack
from lmi.suppression.estimate import Estimated, estimate_employment_and_wages
from lmi.suppression.period import Period, read_history
from lmi.texts import as_arrow, as_python

__all__ = ["estimate_year", "is_estimated"]

FOLDER = "estimates"
# To be raised whenever the same rows give other numbers, or are kept in another form.
METHOD = 7
NAMED, CELLS = "contradictions.npz", "cells.parquet"
TABLES = ("qcew_annual", "qcew_quarterly")


def estimate_year(store: Store, rows: pd.DataFrame, states: Iterable[str], year: int) -> Estimated:
    """Fill a year's annual rows of some states and their nation.

    Parameters
    ----------
    store : Store
        Where the rows are from, and other periods of the same cells.
    rows : DataFrame
        Annual rows of the states and the nation.
    states : iterable of str
        State FIPS codes, of one nation.

    Returns
    -------
    Estimated
        Of all states; the nation's rows once. Its folder is that of the first state.
    """
    found: list[Estimated] = []
    own = sorted(set(states))
    place = rows["area_fips"].str[:2]
    nation = rows[~place.isin(own)]
    for number, state in enumerate(own):
        here = pd.concat([rows[place == state], nation], ignore_index=True)
        if (place == state).any():
            made = _kept(store, here, state, year)
            found.append(made if number == 0 or not found else _without(made, len(nation)))
    return _together(found)


def is_estimated(store: Store, state: str, year: int) -> bool:
    """Tell whether estimates of a state's year are kept, made of what the store has now."""
    return any((store.root / FOLDER).glob(f"{_made_of(store, state, year)}-*/{CELLS}"))


def _made_of(store: Store, state: str, year: int) -> str:
    """Name a state's year and the sources and method that its estimates are made by."""
    sources = store.catalogue()
    of = sources.loc[sources["table"].isin(TABLES), "sha256"]
    return f"{state}-{year}-{contents_key(json.dumps([METHOD, *sorted(of)]))[:8]}"


def _kept(store: Store, rows: pd.DataFrame, state: str, year: int) -> Estimated:
    """Return the estimates of a state, from disk where they are."""
    name = f"{state}-{year}"
    folder = store.root / FOLDER / f"{_made_of(store, state, year)}-{contents_key(rows)}"
    with contextlib.suppress(*DAMAGED):
        return _read(folder)
    with alone(folder.parent / f"{name}.lock"):
        with contextlib.suppress(*DAMAGED):  # another has made it meanwhile
            return _read(folder)
        made = estimate_employment_and_wages(rows, read_history(store, state, Period(year)))
        with contextlib.suppress(OSError):  # a store that cannot be written to is read all the same
            _write(made, folder)
            for old in folder.parent.glob(f"{name}-*"):
                if old != folder:
                    _remove(old)
    # As it is when read, or joins of a year made now with one kept would be of two kinds.
    return replace(made, cells=as_python(made.cells), folder=folder)


def _write(made: Estimated, folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for name, draws in (("emplvl", made.emplvl), ("wages", made.wages)):
        steps, step = pack(draws.deviation)
        arrays = {"rows": draws.rows, "steps": steps, "step": step}
        write_arrays(folder / f"{name}.npz", arrays)
    write_arrays(folder / NAMED, {"emplvl": np.array(made.contradictions, dtype=np.str_)})
    # Last of all: without it the folder counts as empty.
    atomic.write_with(folder / CELLS, as_arrow(made.cells).to_parquet)


def _read(folder: Path) -> Estimated:
    cells = pd.read_parquet(folder / CELLS)
    draws = {}
    for name in ("emplvl", "wages"):
        rows, steps, step = read_arrays(folder / f"{name}.npz", "rows", "steps", "step")
        draws[name] = Draws(rows, unpack(steps, step), len(cells))
    [named] = read_arrays(folder / NAMED, "emplvl")
    return Estimated(cells, **draws, contradictions=tuple(named.tolist()), folder=folder)


def _remove(folder: Path) -> None:
    for path in folder.glob("*"):
        path.unlink(missing_ok=True)
    folder.rmdir()


def _without(made: Estimated, n_last: int) -> Estimated:
    """Leave out the last rows, which are the nation's."""
    n = len(made.cells) - n_last

    def cut(draws: Draws) -> Draws:
        kept = draws.rows < n
        return Draws(draws.rows[kept], draws.deviation[kept], n)

    return replace(made, cells=made.cells.iloc[:n], emplvl=cut(made.emplvl), wages=cut(made.wages))


def _together(found: list[Estimated]) -> Estimated:
    """Put states under one another."""
    if len(found) == 1:
        return found[0]
    starts = np.cumsum([0, *(len(f.cells) for f in found)])
    joined = {}
    for name in ("emplvl", "wages"):
        parts = [getattr(f, name) for f in found]
        rows = np.concatenate([p.rows + s for p, s in zip(parts, starts[:-1], strict=True)])
        deviation = np.concatenate([p.deviation for p in parts])
        joined[name] = Draws(rows, deviation, int(starts[-1]))
    cells = pd.concat([f.cells for f in found], ignore_index=True)
    named = dict.fromkeys(name for f in found for name in f.contradictions)
    return Estimated(cells, **joined, contradictions=tuple(named), folder=found[0].folder)
