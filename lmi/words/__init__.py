"""How numbers, counts and lists are written for a reader: decided once, here.

`numbers` writes one value, `phrases` puts it into a sentence, `suggest` offers what was meant;
import those from here. `how_sure` reads of a row how sure a number is, `intervals` writes it so.
"""

from __future__ import annotations

from lmi.words.numbers import (
    MISSING,
    is_known,
    money,
    pct,
    places,
    points,
    quotient,
    share,
    signed,
    signed_pct,
    whole,
    whole_percents,
    whole_share,
    whole_shares,
)
from lmi.words.phrases import (
    about,
    count,
    describe_key,
    estimated,
    listing,
    lowered,
    marked,
    much_estimated,
    numbered,
    ordinal,
    place_range,
    spelled,
    spoken,
    years_listed,
)
from lmi.words.rows import Row, holds, records
from lmi.words.suggest import did_you_mean

__all__ = [
    "MISSING",
    "Row",
    "about",
    "count",
    "describe_key",
    "did_you_mean",
    "estimated",
    "holds",
    "is_known",
    "listing",
    "lowered",
    "marked",
    "much_estimated",
    "money",
    "numbered",
    "ordinal",
    "pct",
    "place_range",
    "places",
    "points",
    "quotient",
    "records",
    "share",
    "signed",
    "signed_pct",
    "spelled",
    "spoken",
    "whole",
    "whole_percents",
    "whole_share",
    "whole_shares",
    "years_listed",
]
