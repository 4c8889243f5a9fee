"""The years that growth can be measured from, and what each of them makes of the ranks."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

import pandas as pd

from lmi.analysis.base_year import SPANS
from lmi.analysis.measured import KEYS, CandidateMeasures
from lmi.assessment.standing import ranks_of
from lmi.config import Asked
from lmi.schema.measures import LATEST, MEASURES

if TYPE_CHECKING:
    from lmi.analysis.span import Span

__all__ = ["absent_spans", "base_years", "ranks_by_base"]

SHOWN = 6
"""So many years stand beside each other."""


def base_years(year: int, held: Iterable[int], base: int | None) -> list[int]:
    """Choose the earlier years that one is compared with, the latest first.

    Those of the usual spans and the base year, and as many others as there is room for.

    Examples
    --------
    >>> base_years(2023, [2016, 2020, 2021, 2022, 2023], 2016)
    [2022, 2021, 2020, 2016]
    >>> base_years(2023, range(2013, 2024), 2018)
    [2022, 2021, 2020, 2019, 2018, 2013]
    """
    earlier = sorted({y for y in held if y < year}, reverse=True)
    usual = [y for y in earlier if year - y in SPANS or y == base]
    others = [y for y in earlier if y not in usual]
    return sorted([*usual, *others[: max(SHOWN - len(usual), 0)]], reverse=True)


def absent_spans(year: int, held: Collection[int]) -> list[int]:
    """Return the first years of the usual spans that the store does not have.

    Examples
    --------
    >>> absent_spans(2023, [2016, 2020, 2021, 2022])
    [2018, 2013]
    """
    return [year - n for n in SPANS if year - n not in held]


def ranks_by_base(
    span: Span,
    asked: Mapping[str, Asked],
    ranking: pd.DataFrame,
    measure: Callable[[Span], CandidateMeasures],
) -> pd.DataFrame:
    """Rank the candidates anew with growth measured from every other year.

    Parameters
    ----------
    asked : mapping of str to Asked
        By key of region.
    ranking : DataFrame
        Ranks with growth from the span's own base year.
    measure : callable
        Measures the candidates over a span, with what people bring beside them.

    Returns
    -------
    DataFrame
        ``region``, ``candidate``, ``base_year``, ``rank`` and ``set_aside`` (key of the reason
        why there is no rank). Without years from which growth is too
        short for the criteria to score it.
    """
    columns = [*KEYS, "base_year", "rank", "set_aside"]
    if span.base is None:
        return pd.DataFrame(columns=columns)
    read = [c for of in asked.values() for c in of.criteria if _since_base(c.measure)]
    least = min((c.min_years for c in read), default=0)
    ranks = [ranking.assign(base_year=span.base)]
    for base in base_years(span.year, span.years, span.base):
        if base != span.base and span.year - base >= least:
            found = ranks_of(measure(replace(span, base=base)), asked)
            ranks.append(found.assign(base_year=base))
    return pd.concat(ranks, ignore_index=True)[columns]


def _since_base(measure: str) -> bool:
    """Tell whether a measure is of what changed since the base year."""
    return MEASURES[measure].number == "growth" and measure not in LATEST.values()
