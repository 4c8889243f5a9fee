"""Measures as bytes: what was on the screen is kept whole, and read back without running anything.

A session that is opened again shows the same numbers even where the store has changed, and at
once: nothing has to be estimated first.
"""

from __future__ import annotations

import io
import json
import zlib

import numpy as np
import pandas as pd

from lmi.assessment.region import CandidateMeasures
from lmi.errors import LmiError

__all__ = ["from_bytes", "to_bytes"]

_MOST = 200_000_000


def to_bytes(measured: CandidateMeasures) -> bytes:
    """Return measures as bytes: a Parquet table and the draws, in one packed file of numpy's."""
    table = io.BytesIO()
    measured.table.to_parquet(table, index=False)
    names = list(measured.draws)
    arrays = {f"draws_{i}": measured.draws[name] for i, name in enumerate(names)}
    packed = io.BytesIO()
    np.savez(
        packed,
        allow_pickle=False,
        table=np.frombuffer(table.getvalue(), dtype=np.uint8),
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
            table = pd.read_parquet(io.BytesIO(found["table"].tobytes()))
            draws = {name: found[f"draws_{i}"] for i, name in enumerate(names)}
    except (zlib.error, ValueError, KeyError, OSError, EOFError) as error:
        raise LmiError(
            f"The numbers kept in the session file are damaged ({error}); they are measured anew "
            "if you name the store that it began with."
        ) from None
    # Sessions of before there were wholes and parts have neither.
    none = dict.fromkeys({"part_of", "not_ranked"} - set(table), "")
    return CandidateMeasures(table.assign(**none), draws)
