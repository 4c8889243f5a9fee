"""Employment and wages of a year, state by state, made once and kept beside the store.

Estimating a state takes seconds and every profile of it needs the same numbers, so the result is
kept on disk under a name that holds all it was made from: another file in the store, or another
version of the method, and it is made anew.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import zipfile
from collections.abc import Iterable
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from lmi import atomic
from lmi.store import Store
from lmi.suppression.draws import Draws, pack, unpack
from lmi.suppression.estimate import Estimated, estimate_employment_and_wages
from lmi.suppression.period import Period, read_history

__all__ = ["estimate_year"]

FOLDER = "estimates"
# To be raised whenever the same rows give other numbers.
METHOD = 1
TABLES = ("qcew_annual", "qcew_quarterly")
# What is said of a table beside its cells.
KEPT = ("relaxed", "contradictions")


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
    year : int

    Returns
    -------
    Estimated
        Of all states; the nation's rows once.
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


def _key(store: Store, rows: pd.DataFrame, state: str, year: int) -> str:
    """Name what the estimates are made from."""
    sources = store.catalogue()
    of = sources.loc[sources["table"].isin(TABLES), "sha256"]
    told = pd.util.hash_pandas_object(rows, index=False).to_numpy()
    made_from = [METHOD, state, year, sorted(of), hashlib.sha256(told.tobytes()).hexdigest()]
    return hashlib.sha256(json.dumps(made_from).encode()).hexdigest()[:16]


def _kept(store: Store, rows: pd.DataFrame, state: str, year: int) -> Estimated:
    """Return the estimates of a state, from disk where they are."""
    name = f"{state}-{year}"
    folder = store.root / FOLDER / f"{name}-{_key(store, rows, state, year)}"
    with contextlib.suppress(OSError, ValueError, KeyError, EOFError, zipfile.BadZipFile):
        return _read(folder)
    made = estimate_employment_and_wages(rows, read_history(store, state, Period(year)))
    with contextlib.suppress(OSError):  # a store that cannot be written to is read all the same
        _write(made, folder)
        for old in folder.parent.glob(f"{name}-*"):
            if old != folder:
                _remove(old)
    return made


def _write(made: Estimated, folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for name, draws in (("emplvl", made.emplvl), ("wages", made.wages)):
        steps, step = pack(draws.deviation)
        arrays = {"rows": draws.rows, "steps": steps, "step": step}
        atomic.write_with(folder / f"{name}.npz", partial(_save, arrays))
    # Last of all: without it the folder counts as empty.
    cells = made.cells.copy()
    cells.attrs = {a: v for a, v in cells.attrs.items() if a in KEPT}
    atomic.write_with(folder / "cells.parquet", cells.to_parquet)


def _save(arrays: dict[str, Any], path: Path) -> None:
    with path.open("wb") as file:
        np.savez(file, **arrays)


def _read(folder: Path) -> Estimated:
    cells = pd.read_parquet(folder / "cells.parquet")
    draws = []
    for name in ("emplvl", "wages"):
        with np.load(folder / f"{name}.npz", allow_pickle=False) as kept:
            draws.append(Draws(kept["rows"], unpack(kept["steps"], kept["step"]), len(cells)))
    return Estimated(cells, *draws)


def _remove(folder: Path) -> None:
    for path in folder.glob("*"):
        path.unlink(missing_ok=True)
    folder.rmdir()


def _without(made: Estimated, n_last: int) -> Estimated:
    """Leave out the last rows, which are the nation's."""
    n = len(made.cells) - n_last
    cut = []
    for draws in (made.emplvl, made.wages):
        kept = draws.rows < n
        cut.append(Draws(draws.rows[kept], draws.deviation[kept], n))
    return Estimated(made.cells.iloc[:n], *cut)


def _together(found: list[Estimated]) -> Estimated:
    """Put states under one another."""
    if len(found) == 1:
        return found[0]
    starts = np.cumsum([0, *(len(f.cells) for f in found)])
    joined = []
    for name in ("emplvl", "wages"):
        parts = [getattr(f, name) for f in found]
        rows = np.concatenate([p.rows + s for p, s in zip(parts, starts[:-1], strict=True)])
        deviation = np.concatenate([p.deviation for p in parts])
        joined.append(Draws(rows, deviation, int(starts[-1])))
    return Estimated(pd.concat([f.cells for f in found], ignore_index=True), *joined)
