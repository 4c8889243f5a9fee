"""How a number with a margin of error is written."""

from __future__ import annotations

from typing import Protocol

from lmi.words.numbers import MISSING, is_known, share, whole

__all__ = ["flow_text", "share_text"]

NOT_KNOWN = "(margin of error not known)"


class Margined(Protocol):
    """A number and its margin of error, 0 where it was counted, missing where not known."""

    @property
    def value(self) -> float:
        """The number."""

    @property
    def margin(self) -> float:
        """Its margin of error at 90 percent."""


def flow_text(flow: Margined) -> str:
    """Write a number of people or jobs, with its range where it has a margin of error.

    Examples
    --------
    >>> from lmi.analysis.county_flows import Flow
    >>> flow_text(Flow(1200, 150)), flow_text(Flow(1200, 0))
    ('1,200 (1,050 to 1,350)', '1,200')
    """
    text = whole(flow.value)
    if not is_known(flow.margin):
        return f"{text} {NOT_KNOWN}"
    if not flow.margin:
        return text
    ends = max(flow.value - flow.margin, 0.0), flow.value + flow.margin
    return f"{text} ({whole(ends[0])} to {whole(ends[1])})"


def share_text(part: Margined | None) -> str:
    """Write a share, with its range where it has a margin of error.

    Examples
    --------
    >>> from lmi.analysis.county_flows import Share
    >>> share_text(Share(0.85, 0.01)), share_text(Share(0.85, 0.0001)), share_text(None)
    ('85.0% (84.0% to 86.0%)', '85.0%', 'n/a')
    """
    if part is None:
        return MISSING
    text = share(part.value)
    if not is_known(part.margin):
        return f"{text} {NOT_KNOWN}"
    low, high = (share(min(max(part.value + move, 0), 1)) for move in (-part.margin, part.margin))
    return text if low == high else f"{text} ({low} to {high})"
