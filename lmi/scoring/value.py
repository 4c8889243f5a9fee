"""Value functions: from a measure to a value between 0 and 1 by fixed anchors."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from lmi.errors import MeasureError
from lmi.measures.arithmetic import FloatArray, floats

__all__ = ["SCALES", "value_function"]

SCALES = ("linear", "log", "steps")


def value_function(
    x: Any, anchors: Sequence[tuple[float, float]], scale: str = "linear"
) -> FloatArray:
    """Return the value of a measure by its anchors.

    Parameters
    ----------
    x : array_like of any shape, in the measure's unit
        What was measured, such as (n,) candidates or (n, d) draws of them.
    anchors : sequence of (float, float), length two or more
        Pairs (measure, value), the measures rising, the values from 0 to 1.
    scale : {"linear", "log", "steps"}
        Whether the value moves in a straight line between anchors, by the measure or by its
        logarithm, or holds from each anchor until the next.

    Returns
    -------
    ndarray, shape of `x`, 0 to 1
        Constant beyond the outer anchors; missing where the measure is.

    Raises
    ------
    MeasureError
        Fewer than two anchors, measures that do not rise, values outside 0 to 1, an unknown
        scale, or an anchor at or below zero on a logarithmic one.

    Notes
    -----
    v(x) = v_k + (v_{k+1} − v_k)·(f(x) − f(x_k)) / (f(x_{k+1}) − f(x_k)) with f the identity or
    the logarithm; in steps v(x) = v_k for x_k ≤ x < x_{k+1}, so that an anchor is reached by
    being at it. Anchors are fixed, so a candidate's value does not depend on the others. On a
    logarithmic scale a measure of zero or less lies below every anchor.

    Source: von Winterfeldt, D. and Edwards, W. (1986), Decision Analysis and Behavioral Research,
    Cambridge University Press, on direct rating by anchors.

    Examples
    --------
    >>> from lmi.scoring.value import value_function
    >>> value_function([0.5, 1.0, 1.125, 3.0], [(0.5, 0.0), (1.0, 0.5), (1.25, 1.0)])
    array([0.  , 0.5 , 0.75, 1.  ])
    >>> value_function([0.0, 10.0, 100.0], [(1.0, 0.0), (100.0, 1.0)], scale="log")
    array([0. , 0.5, 1. ])
    >>> value_function([-1, 0, 2.9, 3], [(0, 0.0), (1, 0.4), (3, 1.0)], scale="steps")
    array([0. , 0. , 0.4, 1. ])
    """
    at, value = _checked(anchors, scale)
    (measured,) = floats(x)
    if scale == "linear":
        return _interpolate(measured, at, value)
    if scale == "steps":
        passed = np.searchsorted(at, measured, side="right") - 1
        return np.where(np.isnan(measured), np.nan, value[np.maximum(passed, 0)])
    # A measure at or below zero has no logarithm; it stands at the first anchor, as all below it.
    raised = np.where(measured < at[0], at[0], measured)
    return _interpolate(np.log(raised), np.log(at), value)


def _interpolate(x: FloatArray, at: FloatArray, value: FloatArray) -> FloatArray:
    return np.where(np.isnan(x), np.nan, np.interp(x, at, value))


def _checked(anchors: Sequence[tuple[float, float]], scale: str) -> tuple[FloatArray, FloatArray]:
    pairs = np.asarray(anchors, dtype="float64")
    if scale not in SCALES:
        raise MeasureError(f"The scale {scale!r} of a value function is not linear, log or steps.")
    if pairs.ndim != 2 or pairs.shape[1] != 2 or len(pairs) < 2:
        raise MeasureError(
            f"A value function was given {list(anchors)}; it needs two or more anchors "
            f"(measure, value)."
        )
    at, value = pairs.T
    if not (np.diff(at) > 0).all():
        raise MeasureError(
            f"The anchors of a value function stand at {at.tolist()}; put them in rising order, "
            f"each once."
        )
    if not ((value >= 0) & (value <= 1)).all():
        raise MeasureError(f"The anchors' values {value.tolist()} must lie from 0 to 1.")
    if scale == "log" and at[0] <= 0:
        raise MeasureError(
            f"An anchor at {at[0]:g} has no logarithm; raise it above zero or use scale: linear."
        )
    return at, value
