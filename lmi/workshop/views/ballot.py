"""Weighing: what somebody said matters, and the ranking that follows from it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from lmi.assessment.region import Place
from lmi.config import Criterion
from lmi.words import whole_shares
from lmi.workshop.room import Room
from lmi.workshop.state import Participant

__all__ = ["MOST", "Slider", "own_ranking", "sliders"]

MOST = 10
"""The most that a slider says; 0 is "does not matter"."""
START = 8
"""Where the weightiest stands at the start, so that each can go up and down."""


@dataclass(frozen=True)
class Slider:
    """One criterion as somebody weighs it.

    Parameters
    ----------
    value : int
        Where the slider stands, 0 to `MOST`.
    share : str
        Of the weights that have data, which are those that count: whole percents of a hundred.
    kind : {"statistic", "ground"}
    note : str
        Why it does not count here, or not yet.
    usual : bool
        Whether it counts unless somebody says otherwise.
    """

    key: str
    name: str
    question: str
    value: int
    share: str
    kind: str
    note: str
    usual: bool

    @property
    def has_data(self) -> bool:
        """Whether it counts here."""
        return not self.note


def sliders(room: Room, who: Participant) -> list[Slider]:
    """Return the criteria as somebody weighs them, in their order of importance if they gave one.

    Returns
    -------
    list of Slider
        Those that count unless somebody says otherwise come first.
    """
    shares = room.weights_of(who.id)
    stated = room.state.ballots.get(who.id)
    order = list(room.state.orders.get(who.id, ()))
    counting = room.counting(shares)
    levels = _levels(room.charter.criteria, stated, shares)
    found = [
        Slider(
            c.key, c.name, c.question, levels[c.key], "", c.kind, _without_data(room, c),
            c.weight > 0,
        )
        for c in room.charter.criteria
    ]  # fmt: skip
    places = {key: place for place, key in enumerate(order)}
    found.sort(key=lambda s: (not s.usual, places.get(s.key, len(order))))
    told = whole_shares([counting.get(slider.key, 0.0) for slider in found])
    return [replace(slider, share=share) for slider, share in zip(found, told, strict=True)]


def _levels(
    criteria: Iterable[Criterion], stated: Mapping[str, float] | None, shares: Mapping[str, float]
) -> dict[str, int]:
    """Where the sliders stand: as they were left, or as the shares have it."""
    given = stated if stated is not None else shares
    most = max((float(v) for v in given.values()), default=0.0)
    as_left = stated is not None and all(float(v) in range(MOST + 1) for v in stated.values())
    scale = 1.0 if as_left or not most else START / most
    return {c.key: round(scale * float(given.get(c.key, 0.0))) for c in criteria}


def _without_data(room: Room, criterion: Criterion) -> str:
    if criterion.key in room.has_data:
        return ""
    if criterion.kind == "ground":
        return "Nothing written down yet: counts once the room has added some."
    return "No numbers for this region: it does not count here."


def own_ranking(room: Room, who: Participant) -> list[Place]:
    """Return somebody's own ranking, the best first.

    Returns
    -------
    list of Place
        Candidates that are set aside are left out.
    """
    return [place for place in room.places_for(who.id) if not place.set_aside]
