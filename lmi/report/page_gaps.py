"""Pages without a blank third: what is asked of a picture that finds no room where it comes.

A picture cannot be broken, so that it goes to the next page and leaves the rest of its own blank.
Where that is much, it is made smaller if a little does, or what follows it in its section comes
first. No heading parts from what it is of, and what is said of a picture stays with it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, Final

__all__ = ["LEAST", "Fit", "PictureGap", "PageLayout", "without_gaps"]

Fit = dict[str, dict[str, float]]
"""By the file of a picture: its ``scale``, and ``later``, how many blocks come before it."""

MUCH: Final = 0.18
"""Of a page's height: what may stay blank beneath a text that a picture follows."""
LEAST: Final = 0.82
"""A picture's type is not smaller than this part of its usual size."""
SPILT: Final = 0.2
"""Of a page's height: a table of which no more goes on there is one that is badly broken."""
COST_OF_SPILL: Final = 0.12
"""Of a page left blank."""
ENOUGH: Final = 0.5
"""Of a gap: what fills so much of it is taken, and nothing else is tried."""
TRIES: Final = 3
"""Each costs a fifth of what the pages cost that are set first."""
SPARE_PT: Final = 14.0
"""For the space above and beneath a picture."""


@dataclass(frozen=True)
class PictureGap:
    """A picture that goes to the next page.

    Parameters
    ----------
    picture : str
        Its file.
    blank : float
        What it leaves blank, as a part of a page's height.
    scale : float
        How large it may be to find room after all.
    after : int
        How many blocks of its section follow it.
    """

    picture: str
    blank: float
    scale: float
    after: int


@dataclass(frozen=True)
class PageLayout:
    """How pages are set.

    Parameters
    ----------
    pages : int
    gaps : tuple of PictureGap
        The pictures that leave a page blank.
    spills : int
        How many tables go on with a few rows on the next page.
    """

    pages: int
    gaps: tuple[PictureGap, ...]
    spills: int

    @classmethod
    def of(cls, said: Mapping[str, Any]) -> PageLayout:
        """Read what the pages say of themselves.

        Examples
        --------
        >>> end, picture = {"ended": True, "page": 1, "y": 500.0}, {"picture": "1.svg", "page": 2}
        >>> picture |= {"y": 0.0, "tall": 250.0, "more": 0.0, "after": 2, "fixed": False}
        >>> PageLayout.of({"pages": 2, "room": 720.0, "spots": [end, picture]}).gaps[0].blank
        0.3055555555555556
        """
        room = float(said["room"])
        spots = said["spots"]
        return cls(int(said["pages"]), tuple(_gaps(spots, room)), sum(_spills(spots, room)))

    @property
    def waste(self) -> float:
        """All that is left blank, as a part of a page's height, and what is worth as much."""
        blank = sum(gap.blank for gap in self.gaps if gap.blank > MUCH)
        return blank + COST_OF_SPILL * self.spills


def _gaps(spots: Sequence[Mapping[str, Any]], room: float) -> Iterator[PictureGap]:
    last: Mapping[str, Any] | None = None
    for spot in spots:
        if "picture" in spot:
            if last is not None and last["page"] == spot["page"] - 1:
                left = room - last["y"]
                head = spot["y"]  # of its section, which went along
                own = left - head - SPARE_PT - spot["more"]
                scale = 0.0 if spot["fixed"] else own / spot["tall"]
                yield PictureGap(spot["picture"], left / room, scale, int(spot["after"]))
        elif "table" not in spot:  # a section that begins a page leaves the one before it as it is
            last = spot if "ended" in spot else None


def _spills(spots: Sequence[Mapping[str, Any]], room: float) -> Iterator[bool]:
    for begun, ended in pairwise(spots):
        if "table" in begun and "ended" in ended:
            yield ended["page"] > begun["page"] and ended["y"] < SPILT * room


def without_gaps(laid_out: Callable[[Fit], PageLayout]) -> Fit:
    """Find what to ask of pictures so that little of a page is left blank beneath its text.

    Parameters
    ----------
    laid_out : callable
        Sets the pages with what is asked, and tells how they are.
    """
    fit: Fit = {}
    best = fit
    now, tries, given_up = laid_out(fit), 0, set[str]()
    while tries < TRIES:
        gap = next((g for g in now.gaps if g.blank > MUCH and g.picture not in given_up), None)
        if gap is None:
            break
        given_up.add(gap.picture)
        was = now
        for asked in _remedies(gap, fit.get(gap.picture, {})):
            tries += 1
            trial = fit | {gap.picture: asked}
            then = laid_out(trial)
            if then.pages <= was.pages and then.waste < now.waste:
                best, now = trial, then
                given_up.discard(gap.picture)
            if tries == TRIES or now.waste <= was.waste - ENOUGH * gap.blank:
                break
        fit = best
    return fit


def _remedies(gap: PictureGap, asked: dict[str, float]) -> Iterator[dict[str, float]]:
    """What may be asked of a picture, what most often does first."""
    if "scale" not in asked and LEAST <= gap.scale < 1:
        yield asked | {"scale": gap.scale}
    if "later" not in asked:
        for blocks in range(gap.after, 0, -1):
            yield asked | {"later": blocks}
