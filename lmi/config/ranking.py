"""What criteria can read, and what a set of criteria must have."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from lmi.config.criterion import Criterion, MeasureLine
from lmi.config.document import Document
from lmi.schema.measure import Measure
from lmi.schema.measures import JUDGED, SCORED
from lmi.schema.spans import SPANS
from lmi.words import did_you_mean, listing

__all__ = ["check_criteria", "check_kept", "check_lines"]


def check_criteria(document: Document, criteria: Sequence[Criterion]) -> None:
    """Check that every criterion reads a measure that there is, where it can be, and any counts.

    Raises
    ------
    ConfigError
        A measure or a stand-in is unknown, an anchor or a line is where no candidate can be, or
        no weight is above zero.
    """
    by_key = {criterion.key: criterion for criterion in criteria}
    for criterion in criteria:
        _check_measure(document, criterion.measure, criterion.key)
        for number, (anchor, _) in enumerate(criterion.value):
            _check_span(document, criterion.measure, anchor, criterion.key, "value", number)
        if criterion.screen is not None:
            _check_span(document, criterion.measure, criterion.screen.at, criterion.key, "screen")
        if criterion.otherwise is not None:
            _check_stand_in(document, criterion, by_key)
    if not any(criterion.weight > 0 for criterion in criteria):
        raise document.error(
            "no criterion has a weight above zero, so nothing can be ranked; raise one weight.",
            criteria[0].key,
            "weight",
        )


def check_lines(
    document: Document,
    named: Mapping[str, Mapping[str, Sequence[MeasureLine]]],
    known: Mapping[str, Measure],
) -> None:
    """Check that every line of named lists reads a measure that there is, where it can be.

    Parameters
    ----------
    named : mapping
        Lines by the key that they stand below and the word of their list, ``any`` or ``all``.

    Raises
    ------
    ConfigError
        A measure is unknown, or a line is where no candidate can be.
    """
    for key, lists in named.items():
        for word, lines in lists.items():
            for number, line in enumerate(lines):
                _check_measure(document, line.measure, key, word, number, known=known)
                _check_span(document, line.measure, line.at, key, word, number)


def check_kept(document: Document, kept: Sequence[str], candidates: Collection[str]) -> None:
    """Check that whoever is to be kept in the ranking is a candidate.

    Raises
    ------
    ConfigError
        There is no such candidate.
    """
    for number, key in enumerate(kept):
        if key not in candidates:
            hint = did_you_mean(key, candidates) or f"; the candidates are {listing(candidates)}"
            raise document.error(f"there is no candidate {key!r} to keep{hint}.", "keep", number)


def _check_measure(
    document: Document,
    measure: str,
    *path: str | int,
    known: Mapping[str, Measure] = SCORED,
) -> None:
    if measure not in known:
        hint = did_you_mean(measure, known) or f"; known are {listing(known)}"
        raise document.error(f"{measure!r} is not a measure of candidates{hint}.", *path, "measure")


def _check_span(document: Document, measure: str, at: float, *path: str | int) -> None:
    least, most = SPANS[measure]
    if not least <= at <= most:
        raise document.error(
            f"{at:g} is where no candidate can be by {measure} ({JUDGED[measure].told}), which "
            f"goes from {least:g} to {most:g}; write it in the units of the measure.",
            *path,
        )


def _check_stand_in(
    document: Document, criterion: Criterion, by_key: Mapping[str, Criterion]
) -> None:
    key = str(criterion.otherwise)
    if key == criterion.key:
        says = "a criterion cannot stand in for itself; name another, or leave the line out"
    elif key not in by_key:
        others = [other for other in by_key if other != criterion.key]
        hint = did_you_mean(key, others) or f"; known are {listing(others) or 'none'}"
        says = f"there is no criterion {key!r}{hint}"
    elif by_key[key].otherwise is not None:
        says = (
            f"{key!r} has a stand-in itself, {by_key[key].otherwise!r}, and stand-ins make no "
            "chains; name a criterion without one"
        )
    else:
        return
    raise document.error(f"{says}.", criterion.key, "otherwise")
