"""Arrays kept on disk beside what they were made from; what is damaged is made anew."""

from __future__ import annotations

import contextlib
import hashlib
import zipfile
from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path

import numpy as np
import pandas as pd

from lmi import atomic

__all__ = ["DAMAGED", "contents_key", "kept_arrays", "read_arrays", "write_arrays"]

# What reading a file that is absent, cut off or not what it says can raise.
DAMAGED = (OSError, ValueError, KeyError, EOFError, zipfile.BadZipFile)
Arrays = Mapping[str, np.ndarray]


def contents_key(*parts: pd.DataFrame | np.ndarray | str) -> str:
    """Name contents: other contents, or the same in another order, have another name.

    Examples
    --------
    >>> one, other = np.array([1, 2]), np.array([2, 1])
    >>> contents_key(one) == contents_key(one.copy()) != contents_key(other)
    True
    """
    total = hashlib.sha256()
    for part in parts:
        if isinstance(part, pd.DataFrame):
            told = pd.util.hash_pandas_object(part, index=False).to_numpy().tobytes()
        else:
            told = part.encode() if isinstance(part, str) else part.tobytes()
        total.update(hashlib.sha256(told).digest())
    return total.hexdigest()[:16]


def write_arrays(path: Path, arrays: Arrays) -> None:
    """Write arrays, whole or not at all.

    Parameters
    ----------
    path : pathlib.Path
        Of an ``.npz`` file.
    """
    atomic.write_with(path, partial(_save, arrays))


def _save(arrays: Arrays, path: Path) -> None:
    with path.open("wb") as file:
        np.savez(file, allow_pickle=False, **arrays)


def read_arrays(path: Path, *names: str) -> list[np.ndarray]:
    """Read arrays by name.

    Raises
    ------
    OSError, ValueError, KeyError, EOFError, zipfile.BadZipFile
        The file is absent or damaged (`DAMAGED`).
    """
    with path.open("rb") as file, np.load(file, allow_pickle=False) as kept:
        return [kept[name] for name in names]


def kept_arrays(
    path: Path, names: tuple[str, ...], length: int, make: Callable[[], tuple[np.ndarray, ...]]
) -> list[np.ndarray]:
    """Return arrays from a file, or make and keep them.

    Parameters
    ----------
    path : pathlib.Path
        Its name holds all that the arrays are made from.
    length : int
        Of each array; a file with others is damaged.
    make : callable
        Returns the arrays in the order of `names`.
    """
    with contextlib.suppress(*DAMAGED):
        found = read_arrays(path, *names)
        if all(array.shape == (length,) for array in found):
            return found
    made = list(make())
    with contextlib.suppress(OSError):  # a store that cannot be written to is read all the same
        write_arrays(path, dict(zip(names, made, strict=True)))
    return made
