"""Who is in the ranking, and who stands apart: by which reason, and by which of its lines."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt
import pandas as pd

from lmi.config.set_aside import OWN, PART, WHOLE
from lmi.measures.arithmetic import BoolArray
from lmi.schema.measures import PLACES
from lmi.scoring.appraise import Appraisal
from lmi.scoring.lines import Passing, all_of, any_of, held

if TYPE_CHECKING:
    from lmi.config import AsideReason, SetAside

__all__ = ["ASIDE", "set_aside"]

ASIDE = ("set_aside", "set_aside_by", "kept_despite", "may_be_set_aside", "counted")
"""The columns that say who is set aside, by what, and who is of the level that stands."""


def set_aside(
    table: pd.DataFrame,
    appraisal: Appraisal,
    asked: SetAside,
    apart: npt.ArrayLike,
) -> tuple[pd.DataFrame, Appraisal]:
    """Set candidates aside that the ranking is not of.

    Parameters
    ----------
    table : DataFrame, n rows
        One row a candidate with ``candidate`` and the measures, each with the ends of its
        interval (``_lo``, ``_hi``) if it has one; ``part_of``, the whole of a part, if any is one.
    appraisal : Appraisal
        Of the same candidates in the same order.
    asked : SetAside
        The reasons, in the order that they are asked in, and who stays whatever holds.
    apart : array_like of str, shape (n,)
        Why a candidate takes no part at all; empty where it does.

    Returns
    -------
    DataFrame, n rows
        ``set_aside`` (key of the reason, empty for those that are ranked), ``set_aside_by`` (the
        measure whose line is passed), ``kept_despite`` (key of the reason that holds for one that
        is kept by name), ``may_be_set_aside`` (key of the reason that holds for a ranked one by
        the estimate and not surely); ``rank_lo`` and ``rank_hi`` of those that are set aside for
        the width of their rank (Int64); ``counted`` (bool), for wholes and parts the level that
        stands here, so that what is counted holds no job twice.
    Appraisal
        The same, whose ranks and chances are among those that are ranked.

    Notes
    -----
    A line is surely passed where its measure and both ends of the 90 percent interval pass. A
    reason is asked of those that no earlier one sets aside. The width of a rank,
    ``rank_places``, is that among those that are then left. Where a reason sets a whole aside, its
    parts are asked in its place; where none of them is left either, they stand with it.

    Examples
    --------
    >>> import pandas as pd
    >>> from lmi.config import AsideReason, Criterion, SetAside
    >>> from lmi.scoring.appraise import appraise
    >>> from lmi.scoring.evidence import gather_evidence
    >>> from lmi.scoring.set_aside import set_aside
    >>> pay = Criterion(key="pay", name="Pay", question="?", measure="pay_ratio",
    ...                 value=((0, 0), (2, 1)))
    >>> table = pd.DataFrame({"candidate": ["care", "energy", "food"],
    ...                       "pay_ratio": [1.0, 1.8, 0.8], "emplvl_pct_chg": [4.0, -27.0, 1.0]})
    >>> losing = AsideReason(key="declining", name="Losing jobs", ask="Why?",
    ...                      any=[{"measure": "emplvl_pct_chg", "below": -1}])
    >>> found = appraise(gather_evidence(table, [pay], keys=["candidate"]))
    >>> told, among = set_aside(table, found, SetAside(reasons=(losing,)), ["", "", ""])
    >>> told["set_aside"].tolist(), among.ranking()["rank"].tolist()
    (['', 'declining', ''], [1, <NA>, 2])
    """
    sorting = _Sorting(table, appraisal, np.array(apart, dtype=object), asked.keep)
    for number, reason in enumerate(asked.reasons):
        sorting.ask(reason)
        if sorting.release_parts():
            for earlier in asked.reasons[: number + 1]:
                sorting.ask(earlier)
    sorting.return_parts()
    return sorting.told(), appraisal.among(sorting.key == "")


@dataclass(frozen=True)
class _Asked:
    """How n candidates stand to one reason, and the first line by which."""

    surely: BoolArray
    perhaps: BoolArray
    by: np.ndarray
    perhaps_by: np.ndarray


class _Sorting:
    """Candidates as they are asked one reason after the other."""

    def __init__(
        self, table: pd.DataFrame, appraisal: Appraisal, apart: np.ndarray, keep: Sequence[str]
    ) -> None:
        n = len(table)
        self.table, self.appraisal, self.key = table, appraisal, apart
        self.kept = table["candidate"].isin(keep).to_numpy()
        self.by, self.despite, self.maybe, self.maybe_by = (
            np.full(n, "", dtype=object) for _ in range(4)
        )
        self.rank_lo, self.rank_hi = np.zeros(n, dtype=np.int64), np.zeros(n, dtype=np.int64)
        at = {key: place for place, key in enumerate(table["candidate"])}
        parts = table.get("part_of", pd.Series("", index=table.index))
        self.whole = np.array([at.get(of, -1) for of in parts], dtype=np.int64)
        self.released = np.zeros(n, dtype=bool)

    def ask(self, reason: AsideReason) -> None:
        """Set aside those of whom a reason surely holds."""
        left = self.key == ""
        table = self.table
        reads_ranks = any(line.measure == PLACES for line in reason.lines)
        if reads_ranks:
            lo, hi = self.appraisal.among(left).rank_ends
            table = table.assign(**{PLACES: np.where(lo > 0, hi - lo, np.nan)})
        found = _held(table, reason)
        aside = left & found.surely & ~self.kept
        despite = left & found.surely & self.kept & (self.despite == "")
        perhaps = left & found.perhaps & (self.maybe == "")
        self.key[aside], self.despite[despite] = reason.key, reason.key
        self.maybe[perhaps], self.maybe_by[perhaps] = reason.key, found.perhaps_by[perhaps]
        self.by[aside | despite] = found.by[aside | despite]
        if reads_ranks:
            self.rank_lo[aside], self.rank_hi[aside] = lo[aside], hi[aside]

    def release_parts(self) -> bool:
        """Let the parts of wholes that a reason set aside stand for themselves; tell if any do."""
        aside = ~np.isin(self.key.astype(str), ["", *OWN])
        can = (self.key == PART) & (self.whole >= 0) & ~np.isnan(self.appraisal.additive.score)
        freed = can & aside[self.whole]
        self.key[freed] = ""
        self.released |= freed
        return bool(freed.any())

    def return_parts(self) -> None:
        """Put parts back with their whole of which none is ranked in its place."""
        replaced = self.whole[self.released & (self.key == "")]
        back = self.released & ~np.isin(self.whole, replaced)
        self.key[back], self.by[back], self.despite[back] = PART, "", ""
        self.rank_lo[back] = self.rank_hi[back] = 0
        self.released &= ~back

    @property
    def counted(self) -> BoolArray:
        """Which are of the level that stands here."""
        replaced = np.isin(np.arange(len(self.key)), self.whole[self.released])
        return ~np.isin(self.key.astype(str), [PART, WHOLE]) & ~replaced

    def told(self) -> pd.DataFrame:
        """Return what became of them."""
        maybe = (self.key == "") & (self.despite == "")
        ranks = {"rank_lo": self.rank_lo, "rank_hi": self.rank_hi}
        return pd.DataFrame(
            {
                "set_aside": self.key,
                "set_aside_by": np.where(maybe, self.maybe_by, self.by),
                "kept_despite": self.despite,
                "may_be_set_aside": np.where(maybe, self.maybe, ""),
                "counted": self.counted,
                **{end: pd.Series(x).mask(x == 0).astype("Int64") for end, x in ranks.items()},
            }
        )


def _held(table: pd.DataFrame, reason: AsideReason) -> _Asked:
    lines = [held(table, line.measure, line) for line in reason.lines]
    passed, sure = any_of(lines, len(table)) if reason.any else all_of(lines)
    measures = np.array([line.measure for line in reason.lines], dtype=object)
    return _Asked(
        passed & sure, passed & ~sure,
        _first(measures, lines, "surely"), _first(measures, lines, "passed"),
    )  # fmt: skip


def _first(measures: np.ndarray, lines: Sequence[Passing], how: str) -> np.ndarray:
    """Return the measure of the first line that each candidate passes; the first where none."""
    found: np.ndarray = measures[np.stack([getattr(line, how) for line in lines]).argmax(axis=0)]
    return found
