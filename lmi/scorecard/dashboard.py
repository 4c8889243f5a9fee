"""What all partnerships of a state achieve, without one formula and without unfair comparison.

Nothing here is ordered by an outcome, and no partnership's number stands beside another's. What
is summed is one metric, whose unit adds up and which counts the same thing once; beside each sum
stands how many partnerships reported, of how many.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import pandas as pd

from lmi import words
from lmi.config import StateConfig
from lmi.errors import ConfigError
from lmi.missing import Missing
from lmi.scorecard.card import Scorecard, make_card
from lmi.scorecard.catalogue import MetricDefinition, load_catalogue
from lmi.scorecard.definition import Insight, Need, Partnership, told_date
from lmi.scorecard.method import ABOUT, PHASES, Phase, reached
from lmi.scorecard.readings import read_readings
from lmi.scorecard.values import FEWEST, is_few, written_range
from lmi.words import Row

__all__ = [
    "CommonMeasure", "Heard", "StateDashboard", "Story", "Total", "build_dashboard",
    "common_frame",
]  # fmt: skip

NO_SECTOR = Missing("numbers of its sector", "a dashboard shows none", "open its own scorecard")
PROCESS = "process"
ALONE = "in its own report"
FEWEST_SUMMED = 2


@dataclass(frozen=True)
class Total:
    """A sum of one metric over the partnerships that reported it in a year.

    Parameters
    ----------
    lo, hi : float
        Its ends; alike unless a part is told as few.
    n : int
        Partnerships that reported.
    """

    year: int
    lo: float
    hi: float
    n: int


@dataclass(frozen=True)
class CommonMeasure:
    """One of the handful that is asked of all.

    Parameters
    ----------
    reported, of, not_yet : int
        Partnerships that reported it in the year, all there are, and those of which it is not yet
        expected and that did not report it.
    yes : int or None
        Of a yes or no: how many of those that reported say yes.
    total : Total or None
        None where it does not add up, or fewer than two reported: one is no sum.
    both : tuple of Total or None
        The sums of the year before and of the year, over the partnerships that reported in both.
    """

    metric: MetricDefinition
    reported: int
    of: int
    not_yet: int
    yes: int | None = None
    total: Total | None = None
    both: tuple[Total, Total] | None = None

    @property
    def coverage(self) -> str:
        """Say how many of how many report it."""
        told = f"{self.reported} of {words.count(self.of, 'partnership')}"
        return f"{told}; of {self.not_yet} not yet expected" if self.not_yet else told

    @property
    def sum_told(self) -> str:
        """Write the sum, or why there is none."""
        if self.yes is not None:
            say = "says" if self.reported == 1 else "say"
            return f"{self.yes} of {self.reported} {say} yes" if self.reported else words.MISSING
        if not self.metric.additive:
            return "not added up"
        if self.total is None:
            return words.MISSING if not self.reported else ALONE
        return written_range(self.total.lo, self.total.hi, self.metric)

    @property
    def change_told(self) -> str:
        """Write the change over the partnerships that counted in both years."""
        if self.both is None:
            return words.MISSING if self.metric.additive else ""
        before, now = (written_range(t.lo, t.hi, self.metric) for t in self.both)
        first, last = self.both
        who = f"the {first.n} of {self.of} that counted both years"
        return f"{before} in {first.year}, {now} in {last.year}, in {who}"


@dataclass(frozen=True)
class Heard:
    """A need, or what an insight is about, and who names it in which words."""

    name: str
    said: tuple[tuple[str, str], ...]

    @property
    def n(self) -> int:
        """Partnerships that name it, each once."""
        return len({who for who, _ in self.said})


@dataclass(frozen=True)
class Story:
    """Something that a number does not tell."""

    category: str
    text: str
    who: str
    metric: str
    date: str


@dataclass(frozen=True, eq=False)
class StateDashboard:
    """What a state's partnerships are and report.

    Parameters
    ----------
    cards : tuple of Scorecard
        In the order of the state's regions, then by name.
    before : mapping of str to str
        Phase of each at the end of the year before, by key; those that had begun.
    needs, insights : tuple of Heard
        Those that the most partnerships name first.
    stories : tuple of Story
        By category in the method's order, newest first.
    counted : dict of int to (int, int)
        How many partnerships have a row of the year, of how many; and of each later year of
        which any has one.
    """

    state: StateConfig
    year: int
    cards: tuple[Scorecard, ...]
    before: dict[str, Phase]
    common: tuple[CommonMeasure, ...]
    needs: tuple[Heard, ...]
    insights: tuple[Heard, ...]
    stories: tuple[Story, ...]
    counted: dict[int, tuple[int, int]]

    @property
    def counted_told(self) -> str:
        """Say how many have numbers of the year, and who is early with those of the next."""
        told = [
            f"{n} of {words.count(of, 'partnership')} {'has' if n == 1 else 'have'} numbers of "
            f"{year}{' so far' if year > self.year else ''}."
            for year, (n, of) in self.counted.items()
        ]
        return " ".join(told)

    @property
    def unshown(self) -> int:
        """How many partnerships have written down no evidence of any phase."""
        return sum(not card.phase.claims for card in self.cards)

    @property
    def phases(self) -> dict[Phase, int]:
        """How many partnerships there are of each phase."""
        return {phase: sum(card.phase.phase == phase for card in self.cards) for phase in PHASES}


def build_dashboard(
    state: StateConfig, partnerships: Sequence[Partnership], year: int | None = None
) -> StateDashboard:
    """Put a state's partnerships side by side.

    Parameters
    ----------
    partnerships : sequence of Partnership
        In the order to be shown; those that began later than the year, or ended before it, are
        left out.
    year : int, optional
        The newest of which half of them or more have numbers unless told, so that one that is
        early with a new year does not make all others look silent; where there is none such, the
        one that most have; that of the newest launch where none counted.

    Raises
    ------
    ConfigError
        A row of their numbers cannot be, or none of them has the year.
    """
    counted = _counted(partnerships)
    launched = [one.launch.year for one in partnerships]
    at = year or _usual_year(counted) or max(launched)
    there = [one for one in partnerships if one.is_there(at)]
    newest = max(counted or launched)
    if not there or at > newest:
        raise ConfigError(
            f"no partnership of {state.name} has numbers of {at}; name a year from "
            f"{min(launched)} to {newest}."
        )
    cards = tuple(make_card(one, at, NO_SECTOR) for one in there)
    before = {
        one.key: make_card(one, at - 1, NO_SECTOR).phase.phase
        for one in there
        if one.launch.year < at
    }
    catalogue = load_catalogue(state)
    return StateDashboard(
        state=state,
        year=at,
        cards=cards,
        before=before,
        common=tuple(common_measure(metric, cards, at) for metric in catalogue.common),
        needs=_heard(
            catalogue.needs,
            ((card, need.need, need) for card in cards for need in card.partnership.said.needs),
        ),
        insights=_heard(
            ABOUT,
            ((card, one.about, one) for card in cards for one in card.partnership.said.insights),
        ),
        stories=_stories(cards),
        counted={at: counted.get(at, (0, len(there)))}
        | {later: counted[later] for later in sorted(counted) if later > at},
    )


def _counted(partnerships: Sequence[Partnership]) -> dict[int, tuple[int, int]]:
    """Count, by year of which any has a row, the partnerships that have one, and all there are."""
    years = Counter(year for one in partnerships for year in read_readings(one).years)
    there = {year: sum(one.is_there(year) for one in partnerships) for year in years}
    return {year: (n, max(n, there[year])) for year, n in years.items()}


def _usual_year(counted: Mapping[int, tuple[int, int]]) -> int | None:
    """Return the newest year that half or more counted, or else that which most did."""
    usual = [year for year, (n, of) in counted.items() if 2 * n >= of]
    most = max(counted, key=lambda year: (counted[year][0], year), default=None)
    return max(usual, default=most)


def common_measure(
    metric: MetricDefinition, cards: Sequence[Scorecard], year: int
) -> CommonMeasure:
    """Count who reports a metric, and add it up where that makes sense."""
    series = [card.readings.series(metric.key) for card in cards]
    now = [own[year] for own in series if year in own]
    not_yet = sum(
        year not in own and not reached(card.phase.phase, metric.stage)
        for own, card in zip(series, cards, strict=True)
    )
    found = CommonMeasure(metric, len(now), len(cards), not_yet)
    if metric.unit == "yes or no":
        return CommonMeasure(metric, len(now), len(cards), not_yet, sum(v == 1 for v in now))
    if not metric.additive or len(now) < FEWEST_SUMMED:
        return found
    staff = any(card.staff for card in cards)
    both = [(own[year - 1], own[year]) for own in series if {year - 1, year} <= own.keys()]
    changed = None
    if len(both) >= FEWEST_SUMMED:
        first, last = zip(*both, strict=True)
        changed = _total(first, metric, year - 1, staff), _total(last, metric, year, staff)
    total = _total(now, metric, year, staff)
    return CommonMeasure(metric, len(now), len(cards), not_yet, None, total, changed)


def _total(values: Sequence[float], metric: MetricDefinition, year: int, staff: bool) -> Total:
    """Add values up; one that is told as few adds its ends, so that no subtraction finds it."""
    few = sum(is_few(value, metric, staff) for value in values)
    known = sum(value for value in values if not is_few(value, metric, staff))
    return Total(year, known + few, known + (FEWEST - 1) * few, len(values))


def common_frame(dashboard: StateDashboard) -> pd.DataFrame:
    """Lay the handful out, a row a metric: what a file of it holds."""
    return pd.DataFrame([_row(one, dashboard.year) for one in dashboard.common])


def _row(one: CommonMeasure, year: int) -> Row:
    total = one.total
    return {
        "metric": one.metric.key, "name": one.metric.name, "unit": one.metric.unit, "year": year,
        "reported": one.reported, "partnerships": one.of, "not_yet_expected": one.not_yet,
        "sum_lo": total.lo if total else None, "sum_hi": total.hi if total else None,
    }  # fmt: skip


def _heard(
    names: Mapping[str, str], told: Iterable[tuple[Scorecard, str, Need | Insight]]
) -> tuple[Heard, ...]:
    """Put together what several partnerships name, each with its own words."""
    said: dict[str, list[tuple[str, str]]] = {}
    for card, key, one in told:
        if one.since is None or told_date(one.since).year <= card.year:
            said.setdefault(key, []).append((card.partnership.name, one.said))
    found = [Heard(names[key], tuple(lines)) for key, lines in said.items()]
    return tuple(sorted(found, key=lambda one: (-one.n, one.name)))


def _stories(cards: Sequence[Scorecard]) -> tuple[Story, ...]:
    order = list(ABOUT)
    found = [
        Story(
            str(row["category"]) or PROCESS, str(row["story"]), card.partnership.name,
            card.partnership.catalogue.metrics[str(row["metric"])].name, str(row["date"]),
        )
        for card in cards
        for row in card.readings.stories
    ]  # fmt: skip
    newest = sorted(found, key=lambda story: story.date, reverse=True)
    return tuple(sorted(newest, key=lambda story: order.index(story.category)))
