"""Random numbers that are the same on every platform and with every release of numpy.

Only the raw stream of PCG64 is guaranteed never to change, and only `+ - * /` and square roots
are rounded alike everywhere; so the sample draws raw integers and computes its own bell curve
and exponential. Streams are named, so that a new one leaves the others as they were.
"""

from __future__ import annotations

import hashlib

import numpy as np
from numpy.typing import NDArray

__all__ = ["bell", "exponential", "uniform"]

Floats = NDArray[np.float64]

_SQUARINGS = 12


def uniform(name: str, n: int) -> Floats:
    """Return `n` numbers of the stream `name`, evenly spread over [0, 1).

    Examples
    --------
    >>> from tools.sample.chance import uniform
    >>> uniform("jobs", 3).round(3).tolist() == uniform("jobs", 5)[:3].round(3).tolist()
    True
    """
    seed = int.from_bytes(hashlib.sha256(name.encode()).digest()[:16], "big")
    raw = np.random.PCG64(seed).random_raw(n)
    return (raw >> np.uint64(11)).astype(np.float64) * 2.0**-53


def bell(name: str, n: int) -> Floats:
    """Return `n` roughly normal numbers, mean 0, variance 1, never beyond 3.5.

    Examples
    --------
    >>> from tools.sample.chance import bell
    >>> bool(abs(bell("pay", 1000).mean()) < 0.1)
    True
    """
    u = uniform(name, 4 * n).reshape(4, n)
    return (u[0] + u[1] + u[2] + u[3] - 2.0) * np.sqrt(np.float64(3.0))


def exponential(x: Floats) -> Floats:
    """Return e to the power of `x`, to about `x`² parts in 8,000, by squaring.

    Examples
    --------
    >>> import numpy as np
    >>> from tools.sample.chance import exponential
    >>> exponential(np.array([0.0, 1.0])).round(3).tolist()
    [1.0, 2.718]
    """
    y = 1.0 + x / 2.0**_SQUARINGS
    for _ in range(_SQUARINGS):
        y = y * y
    return y
