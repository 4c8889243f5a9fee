"""What is to be known of one measure: its words, how it is written, when it is too vague."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Literal

from lmi import words
from lmi.words import Row
from lmi.words.intervals import cell

__all__ = ["ENDS", "Measure", "named"]

Writer = Callable[[Any], str]
ENDS = ("_lo", "_hi")


def named(key: str, *ends: str) -> tuple[str, ...]:
    """Name columns by what they begin and end with.

    Examples
    --------
    >>> named("lq", "", "_lo")
    ('lq', 'lq_lo')
    """
    return tuple(f"{key}{end}" for end in ends)


@dataclass(frozen=True)
class Measure:
    """One measure of a candidate.

    Parameters
    ----------
    key : str
        Its column.
    unit : str
        "share" is from 0 to 1, "ratio" one where both are alike.
    number : {"jobs", "pay", "growth", "outlook", "concentration", "people", ""}
        Which of the numbers that every page shows it is a face of; one that is none is shown
        where a criterion reads it, by its title.
    title : str
        How a column's head or a card names it.
    noun : str
        What a sentence on a rank calls it ("its size"); a criterion's own name without it.
    says : str
        The second half of a sentence, where ``{}`` is the number as written; measures that take
        more to be said have a function in `lmi.assessment.predicates`.
    unknown : str
        What is not known where it is too uncertain ("what it pays").
    told_by : str
        Key of the measure that is written in its stead then.
    write, roughly : callable
        How the number is written, and how the ends of its interval are.
    estimated_by : str
        Column of the share that is estimated.
    vague_by : {"level", "change", "effect", ""}
        Which rule of `lmi.measures.certainty` says that it is too uncertain for a number.
    same_as : str
        Key of the measure of which it is another face: vague where that is.
    line : float, optional
        Value at which it changes what it says of a candidate.
    columns : tuple of str
        What of it goes into every CSV of measures and into a workshop's record, what belongs
        beside it included.
    scored : bool
        Whether a criterion may read it.
    """

    key: str
    meaning: str
    unit: str
    number: Literal["jobs", "pay", "growth", "outlook", "concentration", "people", ""] = ""
    title: str = ""
    noun: str = ""
    says: str = ""
    unknown: str = ""
    told_by: str = ""
    write: Writer = words.quotient
    roughly: Writer | None = None
    estimated_by: str = ""
    vague_by: Literal["level", "change", "effect", ""] = ""
    same_as: str = ""
    line: float | None = None
    columns: tuple[str, ...] = ()
    scored: bool = True

    @property
    def head(self) -> str:
        """Its title, or what it is."""
        return self.title or self.meaning.partition(",")[0].capitalize()

    @property
    def told(self) -> str:
        """What it is, with its unit where that does not say itself."""
        return self.meaning if self.unit in self.meaning else f"{self.meaning}, {self.unit}"

    def cell(self, row: Row) -> str:
        """Write it as a table shows it: marked where estimated in part, a range where all is open.

        Examples
        --------
        >>> from lmi.schema.measures import MEASURES
        >>> row = {"lq": 0.8, "lq_lo": 0.2, "lq_hi": 1.9, "lq_is_vague": True}
        >>> MEASURES["lq"].cell(row), MEASURES["lq"].cell({"lq": 0.8})
        ('0.20 to 1.90', '0.80')
        """
        return cell(row, self.key, self.write, self.estimated_by, self.roughly)

    def sentence(self, row: Row) -> str:
        """Write it as the second half of a sentence; empty where it has none.

        Examples
        --------
        >>> from lmi.schema.measures import MEASURES
        >>> MEASURES["annual_avg_estabs"].sentence({"annual_avg_estabs": 1204.0})
        'has 1,204 places of business'
        """
        value = row.get(self.key)
        if words.estimated(row.get(self.estimated_by)):
            return self.says.format(f"about {(self.roughly or self.write)(value)}")
        return self.says.format(self.write(value))
