"""Which weights the chances of a rank are over."""

from __future__ import annotations

from enum import StrEnum

__all__ = ["About"]


class About(StrEnum):
    """Any weights at all, those around the stated ones, or all in their order of importance."""

    any = "any"
    stated = "stated"
    order = "order"
