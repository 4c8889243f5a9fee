"""What a criterion of Step 2 is: a question, a measure, a value function and a line to pass.

Value functions are anchored, so adding or removing a candidate never changes another's value.
Screens are lines beside the score: one a criterion, or named ones that join lines of any measures.
"""

from __future__ import annotations

import math
from itertools import pairwise
from typing import Annotated, Literal

from pydantic import Field, model_validator

from lmi.config.fields import Definition, Slug, Text
from lmi.config.validate import problem

__all__ = [
    "GROUND",
    "MIDDLE",
    "Criterion",
    "CriticalMass",
    "Line",
    "MeasureLine",
    "NamedScreen",
    "Screen",
]

MIDDLE = 0.5
"""The value that speaks neither for nor against a candidate."""

GROUND = "ground"
"""The kind of criterion that reads what people bring, not a statistic."""

Number = Annotated[float, Field(allow_inf_nan=False)]


class Line(Definition):
    """A line that a measure passes or does not.

    Parameters
    ----------
    at_least, above, at_most, below : float
        The line, in the units of the measure; exactly one of them is stated.

    Examples
    --------
    >>> from lmi.config.criterion import Line
    >>> Line(at_least=1.25).words, Line(at_least=1.25).passes(1.2)
    ('at least 1.25', False)
    """

    at_least: Number | None = None
    above: Number | None = None
    at_most: Number | None = None
    below: Number | None = None

    @model_validator(mode="after")
    def _one_line(self) -> Line:
        if len(self._lines()) != 1:
            raise problem(
                "a screen has one line; write exactly one of at_least, above, at_most and below"
            )
        return self

    def _lines(self) -> dict[str, float]:
        lines = {
            "at_least": self.at_least,
            "above": self.above,
            "at_most": self.at_most,
            "below": self.below,
        }
        return {word: line for word, line in lines.items() if line is not None}

    @property
    def words(self) -> str:
        """The line as a reader would say it, such as ``at least 1.25``."""
        ((word, line),) = self._lines().items()
        return f"{word.replace('_', ' ')} {line:g}"

    @property
    def at(self) -> float:
        """Where the line is, in the units of the measure."""
        ((_, line),) = self._lines().items()
        return line

    def passes(self, x: float) -> bool:
        """Tell whether a value passes; a missing value (NaN) never does."""
        if math.isnan(x):
            return False
        ((word, line),) = self._lines().items()
        passed = {"at_least": x >= line, "above": x > line, "at_most": x <= line, "below": x < line}
        return passed[word]


class Screen(Line):
    """A line that a criterion's measure passes or does not, whatever the weights.

    Parameters
    ----------
    flag : {"jobs", "wages", "concentration"}
        By what a sector that passes drives the economy; any one is enough.

    Examples
    --------
    >>> from lmi.config import Screen
    >>> Screen(flag="wages", above=1.0).passes(1.04)
    True
    """

    flag: Literal["jobs", "wages", "concentration"]


class MeasureLine(Line):
    """A line of a named screen: which measure, and where its line is.

    Parameters
    ----------
    measure : str
        Column of the candidates' table.
    """

    measure: Text


class NamedScreen(Definition):
    """Lines of several measures that together say something, whatever the weights.

    Parameters
    ----------
    key : str
        Slug.
    name : str
        Short name, for the head of a column.
    any, all : tuple of MeasureLine
        The lines; one of the two is stated, and says whether any line passed is enough or all
        must be.
    note : str
        What a reader must know of it.

    Examples
    --------
    >>> from lmi.config import NamedScreen
    >>> large = NamedScreen(key="large", name="Large", any=[
    ...     {"measure": "emplvl_share", "at_least": 0.05},
    ...     {"measure": "annual_avg_emplvl", "at_least": 1000}])
    >>> large.words
    'any of emplvl_share at least 0.05, annual_avg_emplvl at least 1000'
    """

    key: Slug
    name: Text
    any: tuple[MeasureLine, ...] = ()
    all: tuple[MeasureLine, ...] = ()
    note: str = ""

    @model_validator(mode="after")
    def _one_list(self) -> NamedScreen:
        if bool(self.any) == bool(self.all):
            raise problem("a screen has one list of lines; write either any or all, with a line")
        return self

    @property
    def lines(self) -> tuple[MeasureLine, ...]:
        """Its lines, in the order of the file."""
        return self.any or self.all

    @property
    def words(self) -> str:
        """The screen as a reader would say it."""
        listed = ", ".join(f"{line.measure} {line.words}" for line in self.lines)
        return f"{'any' if self.any else 'all'} of {listed}"


class CriticalMass(Definition):
    """Without which a sector drives no economy, however well it pays or concentrated it is.

    Parameters
    ----------
    all : tuple of MeasureLine
        Lines that must all be passed.

    Examples
    --------
    >>> from lmi.config import CriticalMass
    >>> CriticalMass(all=[{"measure": "annual_avg_estabs", "at_least": 12}]).all[0].words
    'at least 12'
    """

    all: tuple[MeasureLine, ...] = Field(min_length=1)


class Criterion(Definition):
    """One question of Step 2, and how a measure answers it.

    Parameters
    ----------
    key : str
        Slug.
    name : str
        Short name, for the head of a column.
    question : str
        As the team would ask it.
    measure : str
        Column of the candidates' table.
    kind : {"statistic", "ground"}
        Whether the measure is a statistic or what people bring: engagement, knowledge.
    better : {"higher", "lower"}
        Which end speaks for the candidate.
    value : tuple of (float, float)
        Anchors (measure, value), the measures rising, the values from 0 to 1; constant beyond
        the outer anchors.
    scale : {"linear", "log", "steps"}
        Whether the value moves in a straight line between anchors, by the measure or by its
        logarithm, or holds from each anchor until the next.
    weight : float
        Share in the score before weights are made to add to one; 0 shows without counting.
    group : str or None
        What it is a face of, shared with others: where any weights are considered, a group is
        weighed as one, and shared out within as stated. None for a question of its own.
    otherwise : str or None
        Key of the criterion whose value is taken, with this one's weight, for a candidate that
        this one has no data for.
    min_years : int
        Years that growth must span to be scored; over fewer it is shown, and its line drawn, but
        one good or bad year is no trend.
    surely : bool
        Whether a value must hold for the whole interval of its measure: that of the end nearer to
        0.5 counts, and 0.5 where the ends lie on both sides.
    screen : Screen or None
        A line that is reported beside the score.
    note : str
        What a reader must know of it.
    """

    key: Slug
    name: Text
    question: Text
    measure: Text
    kind: Literal["statistic", "ground"] = "statistic"
    better: Literal["higher", "lower"] = "higher"
    value: tuple[tuple[Number, Number], ...]
    scale: Literal["linear", "log", "steps"] = "linear"
    weight: Number = 1.0
    group: Slug | None = None
    otherwise: Slug | None = None
    min_years: Annotated[int, Field(ge=0)] = 0
    surely: bool = False
    screen: Screen | None = None
    note: str = ""

    @model_validator(mode="after")
    def _sound(self) -> Criterion:
        if self.weight < 0:
            raise problem(f"the weight {self.weight:g} is negative; write 0 or more", "weight")
        _check_anchors(self)
        return self

    @property
    def counts_against_only(self) -> bool:
        """Whether it asks for what is sure, and no value of it speaks for a candidate."""
        return self.surely and max(value for _, value in self.value) <= MIDDLE


def _check_anchors(criterion: Criterion) -> None:
    anchors = criterion.value
    if len(anchors) < 2:
        raise problem(
            "a value function needs two anchors or more, such as [[0.5, 0], [1.25, 1]]", "value"
        )
    for (x0, v0), (x1, v1) in pairwise(anchors):
        if x1 <= x0:
            raise problem(
                f"the anchors [{x0:g}, {v0:g}] and [{x1:g}, {v1:g}] are reversed; order them by "
                "rising measure",
                "value",
            )
        if (v1 < v0) if criterion.better == "higher" else (v1 > v0):
            direction = "rise" if criterion.better == "higher" else "fall"
            raise problem(
                f"{criterion.better} is better, so values must {direction} with the measure, but "
                f"[{x1:g}, {v1:g}] follows [{x0:g}, {v0:g}]; swap them or change 'better'",
                "value",
            )
    for x, v in anchors:
        if not 0 <= v <= 1:
            raise problem(f"the value of the anchor [{x:g}, {v:g}] is outside 0 to 1", "value")
        if criterion.scale == "log" and x <= 0:
            raise problem(
                f"the anchor [{x:g}, {v:g}] is not above zero, as scale: log needs it to be; "
                "raise it or write scale: linear",
                "value",
            )
    if anchors[0][1] == anchors[-1][1]:
        raise problem("every anchor has the same value, so nothing is told apart", "value")
