"""The measures of what people bring: who works with employers, and what is known on the ground."""

from __future__ import annotations

from lmi import words
from lmi.schema.measure import Measure

__all__ = ["PEOPLE_MEASURES"]

PEOPLE_MEASURES = (
    Measure(
        "engagement_organisations",
        "organisations that already work with its employers",
        "organisations",
        number="people",
        noun="employer engagement",
        write=words.whole,
    ),
    Measure(
        "engagement_systems",
        "systems that these belong to",
        "systems, 0 to 4",
        number="people",
        write=words.whole,
    ),
    Measure(
        "local_rating",
        "mean rating of what people on the ground say",
        "rating, 1 to 5",
        number="people",
        noun="what people say of it",
    ),
    Measure(
        "local_statements",
        "voices of people on the ground",
        "voices",
        number="people",
        write=words.whole,
    ),
    Measure(
        "readiness_rating",
        "mean rating of the industry's readiness",
        "rating, 1 to 5",
        number="people",
    ),
)
