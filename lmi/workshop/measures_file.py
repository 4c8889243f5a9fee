"""Measures as bytes: what was on the screen is kept whole, and read back without running anything.

A session that is opened again shows the same numbers even where the store has changed, and at
once: nothing has to be estimated first.
"""

from __future__ import annotations

import io
import json
import zlib
from zipfile import BadZipFile

import numpy as np
import numpy.typing as npt
import pandas as pd

from lmi.assessment.region import CandidateMeasures
from lmi.errors import LmiError
from lmi.texts import as_arrow

__all__ = ["from_bytes", "to_bytes"]

_MOST = 200_000_000


def to_bytes(measured: CandidateMeasures) -> bytes:
    """Return measures as bytes: a Parquet table and the draws, in one packed file of numpy's."""
    names = list(measured.draws)
    arrays = {f"draws_{i}": measured.draws[name] for i, name in enumerate(names)}
    packed = io.BytesIO()
    np.savez(
        packed,
        allow_pickle=False,
        table=_packed(measured.table),
        uncovered=_packed(measured.uncovered),
        names=np.frombuffer(json.dumps(names).encode(), dtype=np.uint8),
        **arrays,
    )
    return zlib.compress(packed.getvalue(), 1)


def from_bytes(data: bytes) -> CandidateMeasures:
    """Return the measures that `to_bytes` was given.

    Raises
    ------
    LmiError
        The bytes are damaged.
    """
    try:
        packed = zlib.decompressobj().decompress(data, _MOST)
        with np.load(io.BytesIO(packed), allow_pickle=False) as found:
            names = json.loads(found["names"].tobytes())
            table = _unpacked(found["table"])
            draws = {name: found[f"draws_{i}"] for i, name in enumerate(names)}
            # Sessions of before there were wholes and parts have neither, nor what none holds.
            told = {"uncovered": _unpacked(found["uncovered"])} if "uncovered" in found else {}
    except (zlib.error, BadZipFile, ValueError, KeyError, OSError, EOFError) as error:
        raise LmiError(
            f"The numbers kept in the session file are damaged ({error}); they are measured anew "
            "if you name the store that it began with."
        ) from None
    none = dict.fromkeys({"part_of", "not_ranked"} - set(table), "")
    return CandidateMeasures(table.assign(**none), draws, **told)


def _packed(table: pd.DataFrame) -> npt.NDArray[np.uint8]:
    raw = io.BytesIO()
    as_arrow(table).to_parquet(raw, index=False)
    return np.frombuffer(raw.getvalue(), dtype=np.uint8)


def _unpacked(raw: npt.NDArray[np.uint8]) -> pd.DataFrame:
    return pd.read_parquet(io.BytesIO(raw.tobytes()))
