"""Who works in each county and where they live, ready to be added up for any set of counties."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

import numpy as np
import pandas as pd

from lmi.measures.arithmetic import BoolArray, FloatArray
from lmi.measures.commuting_zones import commuting_similarity
from lmi.measures.containment import demand_side, labor_market_validity, supply_side

__all__ = ["Containment", "CountyFlows", "Flow", "Share"]


class Flow(NamedTuple):
    """A number of people or jobs, with its margin of error at 90 percent."""

    value: float
    margin: float
    area_fips: str = ""


class Share(NamedTuple):
    """A part of a whole, 0 to 1, with its margin of error at 90 percent."""

    value: float
    margin: float

    @property
    def lo(self) -> float:
        """The lower end, not below 0."""
        return max(self.value - self.margin, 0.0)

    @property
    def hi(self) -> float:
        """The upper end, not above 1."""
        return min(self.value + self.margin, 1.0)


@dataclass(frozen=True)
class Containment:
    """Who works in a set of counties and who lives there.

    Parameters
    ----------
    stay : Flow
        Who lives and works in it.
    comes_in, goes_out : Flow
        Who works in it and lives elsewhere; who lives in it and works elsewhere.
    works, lives : Flow
        All who work in it; all who live in it and work.
    """

    stay: Flow
    comes_in: Flow
    goes_out: Flow
    works: Flow
    lives: Flow

    @property
    def filled_by_residents(self) -> Share | None:
        """The share of those who work in it that live there: containment by demand."""
        return self._share(self.comes_in, demand_side(self.stay.value, self.works.value))

    @property
    def stay_to_work(self) -> Share | None:
        """The share of working residents that work in it: containment by supply."""
        return self._share(self.goes_out, supply_side(self.stay.value, self.lives.value))

    @property
    def contained(self) -> Share | None:
        """The smaller of the two: its self-containment."""
        both = (self.filled_by_residents, self.stay_to_work)
        return min((share for share in both if share is not None), default=None)

    def validity(self) -> tuple[float, float, float]:
        """How far it is a labor market, and the same at both ends of its containment."""
        share = self.contained
        if share is None:
            return (np.nan, np.nan, np.nan)
        ends = (share.value, share.lo, share.hi)
        value, lo, hi = labor_market_validity(ends, self.lives.value).tolist()
        return value, lo, hi

    def _share(self, rest: Flow, share: FloatArray) -> Share | None:
        """Add the error of a share: its part and the rest are sampled apart, so errors are."""
        stay = self.stay
        whole = stay.value + rest.value
        if not whole:
            return None
        margin = np.hypot(rest.value * stay.margin, stay.value * rest.margin) / whole**2
        return Share(float(share), float(margin))


@dataclass(frozen=True, eq=False)
class CountyFlows:
    """Flows between n counties, and between each and everywhere else.

    Parameters
    ----------
    counties : tuple of str, length n
    flows : ndarray, shape (n, n), workers or jobs
        County of work by county of home.
    work, live : ndarray, shape (n,), workers or jobs
        All who work in a county; all who live in it and work anywhere.
    flows_squared, work_squared, live_squared : ndarray
        The squares of their margins of error; infinite where one is not known.
    """

    counties: tuple[str, ...]
    flows: FloatArray
    work: FloatArray
    live: FloatArray
    flows_squared: FloatArray
    work_squared: FloatArray
    live_squared: FloatArray

    @classmethod
    def of(cls, rows: pd.DataFrame, counties: Sequence[str]) -> CountyFlows:
        """Lay a long table out by county.

        Parameters
        ----------
        rows : DataFrame
            ``work``, ``home``, ``value``, ``margin_of_error``; one year.
        """
        # a margin that is not known makes that of a sum unknown
        squared = rows["margin_of_error"].to_numpy(dtype=float) ** 2
        kept = rows.assign(squared=np.where(np.isnan(squared), np.inf, squared))
        work, live = (
            kept.groupby(end)[["value", "squared"]].sum().reindex(list(counties), fill_value=0.0)
            for end in ("work", "home")
        )
        inside = kept[kept["work"].isin(counties) & kept["home"].isin(counties)]
        at = pd.Index(counties)
        where = tuple(at.get_indexer(pd.Index(inside[end])) for end in ("work", "home"))
        flows, flows_squared = np.zeros((2, len(counties), len(counties)))
        np.add.at(flows, where, inside["value"].to_numpy(dtype=float))
        np.add.at(flows_squared, where, inside["squared"].to_numpy(dtype=float))
        return cls(
            tuple(counties), flows, work["value"].to_numpy(dtype=float),
            live["value"].to_numpy(dtype=float), flows_squared,
            work["squared"].to_numpy(dtype=float), live["squared"].to_numpy(dtype=float),
        )  # fmt: skip

    @cached_property
    def similarity(self) -> FloatArray:
        """How strongly each two counties are tied."""
        return commuting_similarity(self.flows, self.live)

    def chosen(self, counties: Collection[str]) -> BoolArray:
        """Tell which of the counties are meant."""
        return np.isin(self.counties, list(counties))

    def containment(self, counties: Collection[str]) -> Containment:
        """Return who crosses the border of a set of counties.

        Notes
        -----
        A sum's margin of error is the root of the sum of squares, as the Census Bureau has it
        (American Community Survey, Worked Examples for Approximating Margins of Error).
        """
        own = self.chosen(counties)

        def sums(flows: FloatArray, work: FloatArray, live: FloatArray) -> FloatArray:
            stay, works, lives = own @ flows @ own, own @ work, own @ live
            return np.array([stay, works - stay, lives - stay, works, lives])

        values = sums(self.flows, self.work, self.live)
        known = sums(
            *(np.nan_to_num(x, posinf=0.0) for x in
              (self.flows_squared, self.work_squared, self.live_squared))
        )  # fmt: skip
        unknown = sums(
            *(np.isinf(x).astype(float) for x in
              (self.flows_squared, self.work_squared, self.live_squared))
        )  # fmt: skip
        margins = np.where(unknown > 0, np.nan, np.sqrt(np.maximum(known, 0)))
        return Containment(
            *(Flow(float(v), float(m)) for v, m in zip(values, margins, strict=True))
        )

    def with_region(self, counties: Collection[str]) -> tuple[FloatArray, FloatArray]:
        """Return who comes from each county to work in a set of them, and who goes there."""
        own = self.chosen(counties)
        return own @ self.flows, self.flows @ own

    def with_region_squared(self, counties: Collection[str]) -> tuple[FloatArray, FloatArray]:
        """Return the squares of the margins of error of both."""
        own = self.chosen(counties)
        return self.flows_squared[own].sum(axis=0), self.flows_squared[:, own].sum(axis=1)

    def ties(self, counties: Collection[str]) -> dict[str, Share]:
        """Return what each other county exchanges with a set of them, the strongest tie first.

        The workers that the two exchange, by those who live in the smaller of the two.
        """
        own = self.chosen(counties)
        comes, goes = self.with_region(counties)
        exchanged, squared = comes + goes, np.add(*self.with_region_squared(counties))
        smaller = np.minimum(self.live, self.live[own].sum())
        return dict(sorted(
            ((county, Share(float(n / of), float(np.sqrt(m) / of)))
             for county, n, m, of, inside in zip(
                 self.counties, exchanged, squared, smaller, own, strict=True)
             if of and not inside),
            key=lambda item: (-item[1].value, item[0]),
        ))  # fmt: skip

    def tie(self, county: str, counties: Collection[str]) -> Share:
        """Return what one county exchanges with a set of others, as `ties`; none is a zero."""
        return self.ties(counties).get(county, Share(0.0, 0.0))
