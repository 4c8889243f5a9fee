"""How numbers, counts and lists are written for a reader: decided once, here.

`numbers` writes one value, `phrases` puts it into a sentence. Import from here.
"""

from __future__ import annotations

from lmi.report.words.numbers import (
    MISSING,
    is_known,
    money,
    pct,
    points,
    quotient,
    share,
    signed,
    signed_pct,
    whole,
)
from lmi.report.words.phrases import (
    ESTIMATED_SHARE_SHOWN,
    about,
    count,
    estimated,
    listing,
    lowered,
    marked,
    numbered,
    ordinal,
    place_range,
    spelled,
)

__all__ = [
    "ESTIMATED_SHARE_SHOWN",
    "MISSING",
    "about",
    "count",
    "estimated",
    "is_known",
    "listing",
    "lowered",
    "marked",
    "money",
    "numbered",
    "ordinal",
    "pct",
    "place_range",
    "points",
    "quotient",
    "share",
    "signed",
    "signed_pct",
    "spelled",
    "whole",
]
