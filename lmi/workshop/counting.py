"""What may be counted after what was counted before, so that nobody's answer can be computed.

A count is shown as sums: of everybody, and of each kind of organization. Two counts that differ by
one person give that person away, and so may three or four that were chosen for it. So each is
checked against all before it, before it is shown.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Any

import numpy as np

from lmi.measures.arithmetic import FloatArray
from lmi.scoring.group_ranking import MIN_PEOPLE

__all__ = ["POOLED", "Count", "count_after", "gives_nobody_away", "pooled"]

POOLED = "pooled"
"""Label of the kinds that are too small to be told apart."""
_ALL_OF_IT = 1 - 1e-7


@dataclass(frozen=True)
class Count:
    """What people had answered when it was counted.

    Parameters
    ----------
    seq : int
        The event with which it was counted; 0 for one that was not.
    answers : mapping of int to object
        Answer by person, hashable, of those who gave one.
    kinds : mapping of int to str
        Kind of organization by person, of all who were in the room.
    by_kind : bool
        Whether kinds are told apart; not where that would give somebody away.
    words : tuple of str
        What was written with the answers, in the order of the alphabet: nobody's in particular.
    """

    seq: int
    answers: Mapping[int, Any]
    kinds: Mapping[int, str]
    by_kind: bool = True
    words: tuple[str, ...] = ()

    @property
    def label_of(self) -> dict[str, str]:
        """By kind, the label that its answers are shown under."""
        found = pooled(self.kinds[who] for who in self.answers) if self.by_kind else {}
        return {kind: found.get(kind, POOLED) for kind in self.kinds.values()}

    @property
    def answers_as_one(self) -> bool:
        """Whether all of some label gave the same answer."""
        return any(len({answer for _, answer in group}) == 1 for group in self._groups())

    def _groups(self) -> list[set[tuple[int, Hashable]]]:
        """The answers that are summed, group by group."""
        label_of = self.label_of
        groups: dict[str, set[tuple[int, Hashable]]] = {}
        for who, answer in self.answers.items():
            groups.setdefault(label_of[self.kinds[who]], set()).add((who, answer))
        return list(groups.values())


def pooled(kinds: Iterable[str]) -> dict[str, str]:
    """Return the label under which each kind is shown: its own, or that of all that are small.

    Notes
    -----
    A kind of fewer than three people is pooled. Where those in the pool are one or two, everybody
    less the other kinds would be them, so the smallest of the others joins it.

    Examples
    --------
    >>> from lmi.workshop.counting import pooled
    >>> pooled(["business"] * 4 + ["education"] * 3 + ["other"])
    {'business': 'business', 'education': 'pooled', 'other': 'pooled'}
    """
    counts = Counter(kinds)
    smallest_first = sorted(counts, key=lambda kind: (counts[kind], kind))
    small = [kind for kind in smallest_first if counts[kind] < MIN_PEOPLE]
    for kind in smallest_first[len(small) :]:
        if not 0 < sum(counts[k] for k in small) < MIN_PEOPLE:
            break
        small.append(kind)
    return {kind: POOLED if kind in small else kind for kind in counts}


def count_after(
    before: Sequence[Count],
    seq: int,
    answers: Mapping[int, Any],
    kinds: Mapping[int, str],
    is_mixed: bool = False,
) -> Count | None:
    """Return the next count, by kind where that can be shown; None where none can be.

    Parameters
    ----------
    before : sequence of Count
        All that were shown.
    is_mixed : bool, optional
        Tell kinds apart only where no kind answers as one, which would be everybody's answer.
    """
    if len(answers) < MIN_PEOPLE or (before and before[-1].answers == answers):
        return None
    apart, together = (Count(seq, answers, kinds, by_kind) for by_kind in (True, False))
    wanted = (together,) if is_mixed and apart.answers_as_one else (apart, together)
    return next((one for one in wanted if gives_nobody_away([*before, one])), None)


def gives_nobody_away(counts: Sequence[Count]) -> bool:
    """Tell whether no sum or difference of all that the counts show is of one or two people alone.

    Notes
    -----
    Each count shows sums over groups of answers. What can be computed from sums is their span. It
    holds something of a set of people alone where its projection leaves a vector of theirs as it
    is, that is, where their block of the projection has an eigenvalue of one.

    Examples
    --------
    >>> from lmi.workshop.counting import Count, gives_nobody_away
    >>> kinds = dict.fromkeys(range(9), "business")
    >>> first = Count(1, dict.fromkeys(range(8), True), kinds)
    >>> without_one = Count(2, dict.fromkeys(range(7), True), kinds)
    >>> without_three = Count(2, dict.fromkeys(range(5), True), kinds)
    >>> gives_nobody_away([first, without_one]), gives_nobody_away([first, without_three])
    (False, True)
    """
    groups = [group for count in counts for group in count._groups()]
    if not groups:
        return True
    columns = sorted({one for group in groups for one in group}, key=repr)
    sums = np.array([[one in group for one in columns] for group in groups], dtype=float)
    _left, size, right = np.linalg.svd(sums, full_matrices=False)
    span = right[size > 1e-9 * size[0]]
    alike = _alike([who for who, _answer in columns], sums)
    # Of people who are in the same sums all along, two stand for any two.
    people = [who for same in alike for who in same[: MIN_PEOPLE - 1]]
    sets = (s for n in range(1, MIN_PEOPLE) for s in combinations(people, n))
    return not any(_is_told(span, [at for who in s for at in who]) for s in sets)


def _alike(owners: Sequence[int], sums: FloatArray) -> list[list[list[int]]]:
    """Return people, as their columns, with those together that are in the same sums."""
    columns: dict[int, list[int]] = {}
    for at, who in enumerate(owners):
        columns.setdefault(who, []).append(at)
    found: dict[tuple[bytes, ...], list[list[int]]] = {}
    for own in columns.values():
        own.sort(key=lambda at: sums[:, at].tobytes())
        found.setdefault(tuple(sums[:, at].tobytes() for at in own), []).append(own)
    return list(found.values())


def _is_told(span: FloatArray, columns: Sequence[int]) -> bool:
    block = span[:, columns]
    return bool(np.linalg.norm(block, 2) ** 2 > _ALL_OF_IT)
