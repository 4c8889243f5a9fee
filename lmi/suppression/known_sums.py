"""What sums of parts tell together of few establishments, by elimination without rounding.

The amount of every part is written as a sum of *free* amounts, which no known sum says anything
of: at first of its own. Each sum that becomes known makes one of them follow from the others. What
has none left follows: a part, or some together whose free amounts cancel. Numbers are counted
modulo a prime so large that what is none there is none.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from copy import copy

import numpy as np

__all__ = ["FEWEST", "KnownSums"]

FEWEST = 3
"""A number of fewer establishments is not published."""
PRIME = 2**61 - 1
HALF = PRIME // 2
Amounts = dict[int, int]
"""How often each free amount is in something, none of them never."""


class KnownSums:
    """Sums of parts that are known.

    Parameters
    ----------
    estabs : sequence of float, length m
        Establishments in each part, more than none.

    Notes
    -----
    Parts follow together with none, or with *light* ones of less than one establishment, where
    what they are beyond light free amounts cancels. Every part has a mark of that: the sum of
    random marks of its other free amounts. So parts that may follow together are looked up, not
    searched for. It holds as light parts are free amounts for as long as they can be.
    """

    def __init__(self, estabs: Sequence[float]) -> None:
        n = len(estabs)
        self.estabs = [float(count) for count in estabs]
        self.is_light = [count < 1 for count in self.estabs]
        self.is_few = [count < FEWEST for count in self.estabs]
        self.least = min(self.estabs, default=0.0)
        self.of: list[Amounts] = [{part: 1} for part in range(n)]
        self.within = [{part} for part in range(n)]  # the parts that each free amount is in
        drawn = np.random.default_rng(0).integers(1, PRIME, n)
        self.marks: list[int] = np.where(self.is_light, 0, drawn).tolist()
        self.mark = list(self.marks)  # of parts of few establishments; others are not looked up
        self.at: dict[int, set[int]] = {}  # such parts, those apart that are light
        for part, mark in enumerate(self.mark):
            if self.is_few[part] and not self.is_light[part]:
                self.at[mark] = {part}

    def copy(self) -> KnownSums:
        """Return the same, to add to."""
        other = copy(self)
        other.of = list(self.of)  # a part's free amounts are replaced, never changed
        other.within = [set(parts) for parts in self.within]
        other.mark = list(self.mark)
        other.at = {mark: set(parts) for mark, parts in self.at.items() if parts}
        return other

    def add(self, parts: Iterable[int]) -> None:
        """Make the sum of parts known."""
        if amounts := self._amounts(parts):
            self._take(_Step(self, amounts))

    def add_unless_told(self, parts: Iterable[int]) -> bool:
        """Make the sum of parts known, unless with the others it tells of few establishments.

        Returns
        -------
        bool
            Whether it is known. One that tells only what the others tell already can be.
        """
        if not (amounts := self._amounts(parts)):
            return True
        step = _Step(self, amounts)
        if step.tells():
            return False
        self._take(step)
        return True

    def told(self) -> set[tuple[int, ...]]:
        """Find the parts of few establishments that follow, and the twos of others that do."""
        few = [part for part, count in enumerate(self.estabs) if count < FEWEST]
        alone = {(part,) for part in few if not self.of[part]}
        at: dict[frozenset[tuple[int, int]], list[int]] = {}
        for part in few:
            if self.of[part]:
                at.setdefault(frozenset(self.of[part].items()), []).append(part)
        pairs = {
            (part, other)
            for amounts, parts in at.items()
            for other in at.get(frozenset((free, -n) for free, n in amounts), ())
            for part in parts
            if part < other and self.estabs[part] + self.estabs[other] < FEWEST
        }
        return alone | pairs

    def _amounts(self, parts: Iterable[int]) -> Amounts:
        """Return the free amounts of a sum of parts; none where it follows."""
        found: Amounts = {}
        for part in parts:
            for free, times in self.of[part].items():
                found[free] = found.get(free, 0) + times
        return {free: left for free, times in found.items() if (left := _reduced(times))}

    def _take(self, step: _Step) -> None:
        """Write a free amount of a sum that becomes known as what the others make it."""
        others = [(free, self.within[free]) for free in step.others]
        for part in step.parts:
            self.of[part] = after = step.of(part)
            for free, within in others:
                if free in after:
                    within.add(part)
                else:
                    within.discard(part)
        for part, mark in step.mark.items():
            if mark != self.mark[part]:
                if not self.is_light[part]:
                    self.at[self.mark[part]].discard(part)
                    self.at.setdefault(mark, set()).add(part)
                self.mark[part] = mark
        self.within[step.free] = set()


class _Step:
    """A sum that may become known, by which one of its free amounts follows from the others.

    Parameters
    ----------
    known : KnownSums
    amounts : mapping
        The free amounts of the sum, not none.
    """

    def __init__(self, known: KnownSums, amounts: Amounts) -> None:
        self.known = known
        light, within, marks = known.is_light, known.within, known.marks
        self.free = min(amounts, key=lambda free: (light[free], len(within[free]), free))
        scale = -pow(amounts.pop(self.free), -1, PRIME)
        self.others = {free: _reduced(times * scale) for free, times in amounts.items()}
        jump = sum(times * marks[free] for free, times in self.others.items()) - marks[self.free]
        self.parts = within[self.free]
        self.mark = {
            part: (known.mark[part] + known.of[part][self.free] * jump) % PRIME
            for part in self.parts
            if known.is_few[part]
        }
        self._after: dict[int, Amounts] = {}

    def of(self, part: int) -> Amounts:
        """Return the free amounts of a part after the step."""
        if part not in self.parts:
            return self.known.of[part]
        if part not in self._after:
            rest = dict(self.known.of[part])
            share = rest.pop(self.free)
            self._after[part] = _added(rest, self.others, share)
        return self._after[part]

    def tells(self) -> bool:
        """Tell whether parts of few establishments follow then that did not before."""
        light = self.known.is_light
        at: dict[int, list[int]] = {}
        for part, mark in self.mark.items():
            at.setdefault(mark, []).append(part)
        return any(
            self._follow((part,), self.of(part)) if light[part] else self._may_follow(part, at)
            for part in self.mark
        )

    def _may_follow(self, part: int, at: dict[int, list[int]]) -> bool:
        """Look whether a part follows, or with one more that is not light, or light ones too."""
        known = self.known
        mark = self.mark[part]
        if not mark and self._follow((part,), self.of(part), light=True):
            return True
        room = FEWEST - known.estabs[part]
        unlike = (PRIME - mark) % PRIME
        if unlike not in at and not known.at.get(unlike):
            return False
        stay = (other for other in known.at.get(unlike, ()) if other not in self.parts)
        move = (other for other in at.get(unlike, ()) if other > part)
        return any(
            self._follow((part, other), _added(self.of(part), self.of(other)), light=True)
            for others in (stay, move)
            for other in others
            if known.estabs[other] < room and not known.is_light[other]
        )

    def _follow(self, chosen: tuple[int, ...], amounts: Amounts, light: bool = False) -> bool:
        """Tell whether parts follow that did not before, alone or with others.

        Parameters
        ----------
        amounts : mapping
            The free amounts of those chosen, together.
        light : bool, optional
            Only with light ones.
        """
        known, estabs = self.known, self.known.estabs
        if not amounts:
            return bool(known._amounts(chosen))
        room = FEWEST - sum(estabs[part] for part in chosen)
        if room <= known.least:
            return False
        # Whatever completes them has each of their free amounts.
        free = min(amounts, key=lambda free: len(known.within[free]))
        within = known.within[free]
        return any(
            self._follow((*chosen, part), _added(amounts, self.of(part)), light)
            for part in (within | self.parts if free in self.others else within)
            if estabs[part] < room
            and part not in chosen
            and (known.is_light[part] or not light)
            and free in self.of(part)
        )


def _added(these: Amounts, those: Amounts, times: int = 1) -> Amounts:
    """Add to free amounts others, so many times."""
    found = dict(these)
    for free, count in those.items():
        left = found.get(free, 0) + times * count
        if not -HALF < left < HALF:
            left = _reduced(left)
        if left:
            found[free] = left
        else:
            found.pop(free, None)
    return found


def _reduced(times: int) -> int:
    """Return the number of least size that is the same: most are 1 or -1, and fast so."""
    return (times + HALF) % PRIME - HALF
