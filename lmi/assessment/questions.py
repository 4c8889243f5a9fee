"""What to ask in the room: questions that a candidate's own numbers raise.

A question is raised by what is missing, uncertain or at odds, never at random. Some must be asked
whenever they are raised; of the others a region's candidates are given different ones as far as
theirs allow, so that a room is not asked the same eighteen times.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from lmi import words
from lmi.assessment.case import CandidateCase, Reading
from lmi.assessment.firmness import hanging_point
from lmi.assessment.people import FIRMS_AT_TABLE
from lmi.schema.measures import threshold_name
from lmi.words.claims import ends, side
from lmi.words.how_sure import JOBS, MOSTLY_ESTIMATED, as_range, is_vague

__all__ = ["Question", "choose_questions", "questions"]

DISAGREE = 3.0
"""Ratings that lie so many points apart are at odds."""
WEAK_ITEM = 2.5
SHORT_SPAN = 2
"""A change over so many years or fewer may be one good or bad year."""
ALL = 0.995
LARGE, SMALL, TINY = 0.05, 0.03, 0.01
FEW_FIRMS = 60
"""Of so many invited, a fifth must come for a dozen at the table."""
LARGE_PLACES, SMALL_PLACES = 40.0, 8.0
STRONG_GAIN = 5.0
AHEAD = 0.02
"""Of its jobs gained or lost beyond the state's pace."""
PER_PLACE = "emplvl_per_estab"
LEADING = 5
"""The first so many candidates get two questions, the others one."""

PROJECTED = ("projected_emplvl_cagr", "projected_emplvl_pct_chg")
READY = {
    "champions": "Who among its own business leaders would speak for it?",
    "network": "Where do its firms meet already, if anywhere?",
    "urgency": "What presses its firms enough to act on it together?",
    "firms": "Where would enough firms come from, if there are too few here?",
}


@dataclass(frozen=True)
class Question:
    """A question for the room.

    Parameters
    ----------
    kind : str
        What raised it.
    must : bool, optional
        Whether it is asked however often it is raised.
    """

    kind: str
    text: str
    must: bool = False


def questions(case: CandidateCase) -> list[Question]:
    """Raise the questions of a candidate, the most pressing first."""
    return [question for raise_ in RAISED for question in raise_(case)]


def choose_questions(cases: Sequence[CandidateCase]) -> list[tuple[str, ...]]:
    """Choose what to ask of each candidate of a region.

    Parameters
    ----------
    cases : sequence of CandidateCase
        The best first.

    Returns
    -------
    list of tuple of str
        One or two questions each, of one that is set aside that of its group; none for a
        candidate without jobs here.
    """
    asked: Counter[str] = Counter()
    chosen: list[tuple[str, ...]] = []
    for case in cases:
        if case.is_scored and (ask := case.stands_apart[1]):
            chosen.append((ask,))
            continue
        raised = questions(case) if case.is_ranked else []
        order = {question: place for place, question in enumerate(raised)}
        raised.sort(key=lambda q: (not q.must, 0 if q.must else asked[q.kind], order[q]))
        mine = raised[: 2 if case.is_ranked and case.rank <= LEADING else 1]
        asked.update(question.kind for question in mine)
        chosen.append(tuple(question.text for question in mine))
    return chosen


def _point(case: CandidateCase, *measures: str) -> Reading | None:
    return next((p for p in case.points if p.measure in measures), None)


def _kept(case: CandidateCase) -> Iterator[Question]:
    if kept := case.reason("kept_despite"):
        yield Question("kept", kept.ask, must=True)


def _decline(case: CandidateCase) -> Iterator[Question]:
    projected = case.number("projected_emplvl_pct_chg_hi")
    if projected is not None and projected < 0:
        yield Question("decline", "Its jobs are projected to fall: who sees it coming?", must=True)
    if case.row.get("may_be_set_aside") == "declining":
        text = "Are its jobs falling? The numbers cannot tell; its employers can."
        yield Question("decline", text, must=True)


def _how_many(case: CandidateCase) -> Iterator[Question]:
    share = case.number("emplvl_estimated_share")
    if is_vague(case.row, JOBS) or (share is not None and share > MOSTLY_ESTIMATED):
        said = "Many of its jobs had to be estimated."
        if share is not None and share > ALL:
            said = "All of its jobs had to be estimated."
        elif as_range(case.row, JOBS):
            said = "The numbers tell a range alone."
        elif share is not None:
            said = f"{100 * share:.0f}% of its jobs had to be estimated."
        text = f"How many work for its employers? {said}"
        yield Question("how many", text, must=case.rank <= LEADING)


def _firms(case: CandidateCase) -> Iterator[Question]:
    places = case.number("annual_avg_estabs")
    if places is None or places >= FEW_FIRMS:
        return
    many = words.count(places, "place of business")
    if round(places) <= 1:
        text = "Is a single place of business a sector, or an employer to call?"
    elif places < FIRMS_AT_TABLE:
        text = f"Do {many} make a sector, or is it a few employers to call one by one?"
    elif places < 2 * FIRMS_AT_TABLE:
        text = f"With {many}, would enough come to a table of {FIRMS_AT_TABLE}?"
    else:
        text = f"Are {many} enough to invite, so that {FIRMS_AT_TABLE} come to the table?"
    yield Question("firms", text, must=places < FIRMS_AT_TABLE)


def _at_odds(case: CandidateCase) -> Iterator[Question]:
    low, high = case.number("local_rating_lowest"), case.number("local_rating_highest")
    if low is not None and high is not None and high - low >= DISAGREE:
        text = f"Ratings run from {low:g} to {high:g}: what do those who disagree each see?"
        yield Question("at odds", text, must=True)


def _readiness(case: CandidateCase) -> Iterator[Question]:
    for item, text in READY.items():
        rating = case.context.rated.get((str(case.row["candidate"]), item))
        if rating is not None and rating <= WEAK_ITEM:
            yield Question(item, text)


def _pay(case: CandidateCase) -> Iterator[Question]:
    point = _point(case, "pay_to_threshold_ratio")
    if point is None or side(case.row, point.measure, 1.0, reaches=True) >= 0:
        return
    hanging = hanging_point(case)
    line, wage = threshold_name(case.row), words.money(case.context.threshold)
    line = line if wage == words.MISSING else f"{line} of {wage}"
    if hanging is not None and hanging.measure == point.measure:
        text = f"Much hangs on pay that on average misses {line}: which of its jobs reach it?"
    else:
        text = f"Which of its jobs reach {line}, and what leads to them?"
    yield Question("pay", text)


def _engaged(case: CandidateCase) -> Iterator[Question]:
    count = case.number("engagement_organisations")
    named = tuple(case.context.listed.get(str(case.row["candidate"]), ()))
    if count is None:
        return
    if count == 0:
        yield Question("engaged", "Who already works with these employers? The list names nobody.")
    elif count == 1 and named:
        text = f"Who beside the {named[0].removeprefix('The ')} works with its employers?"
        yield Question("engaged by one", text)
    elif count >= 2:
        many = words.numbered(round(count), "organization")
        text = f"Would the {many} that each call on its employers do it together?"
        yield Question("engaged by several", text)


def _unheard(case: CandidateCase) -> Iterator[Question]:
    if case.number("local_statements") == 0:
        yield Question("unheard", "What do people who know it say? Nobody has written it down.")


def _one_year(case: CandidateCase) -> Iterator[Question]:
    base = case.context.base_year
    point = _point(case, "emplvl_cagr", "emplvl_pct_chg")
    if base is None or point is None or case.context.year - base > SHORT_SPAN:
        return
    if point.value >= 0.75:
        yield Question("one year", f"Is the gain since {base} a trend, or one good year?")
    elif point.value < 0.5:
        yield Question("one year", f"Is the loss since {base} a trend, or one bad year?")


def _serves(case: CandidateCase) -> Iterator[Question]:
    share, times = case.number("emplvl_share"), case.number("lq")
    if share is None or times is None or is_vague(case.row, "lq"):
        return
    if share >= LARGE and times < 1.1:
        text = "Does it bring money into the region, or grow only as the population does?"
        yield Question("serves", text)
    if times >= 1.25 and share < SMALL:
        text = "What keeps it here rather than elsewhere, and would it stay?"
        yield Question("rooted", text)


def _growing(case: CandidateCase) -> Iterator[Question]:
    point = _point(case, *PROJECTED, "emplvl_cagr")
    if point is not None and point.value >= 0.75:
        yield Question("growing", "What do its employers lack most to keep growing?")


def _places(case: CandidateCase) -> Iterator[Question]:
    low, high = ends(case.row, PER_PLACE) if case.number(PER_PLACE) is not None else (0.0, 0.0)
    if low >= LARGE_PLACES:
        text = f"With {low:.0f} jobs a place or more, do a few large employers decide for all?"
        yield Question("large places", text)
    elif 0 < high <= SMALL_PLACES:
        text = f"With {high:.0f} jobs a place or fewer, who has the time to come to a table?"
        yield Question("small places", text)


def _gained(case: CandidateCase) -> Iterator[Question]:
    change, base = case.number("emplvl_pct_chg"), case.context.base_year
    if change is None or base is None or is_vague(case.row, "emplvl_pct_chg"):
        return
    least, _ = ends(case.row, "emplvl_pct_chg")
    if least >= STRONG_GAIN:
        text = f"What brought {least:.0f}% more jobs since {base}, and can its employers fill them?"
        yield Question("gained", text)


def _ahead(case: CandidateCase) -> Iterator[Question]:
    local, jobs = case.number("competitive_share_state"), case.number(JOBS)
    if local is None or not jobs or is_vague(case.row, "competitive_share_state"):
        return
    least, most = ends(case.row, "competitive_share_state")
    if least >= AHEAD * jobs:
        text = "It does better here than elsewhere in the state: what do its employers find here?"
        yield Question("ahead", text)
    elif most <= -AHEAD * jobs:
        text = "It does worse here than elsewhere in the state: what do its employers lack here?"
        yield Question("behind", text)


def _unlisted(case: CandidateCase) -> Iterator[Question]:
    if case.number("engagement_organisations") is None:
        yield Question("unlisted", "Who already works with its employers?")


def _well_paid(case: CandidateCase) -> Iterator[Question]:
    point = _point(case, "pay_to_threshold_ratio", "pay_ratio")
    share = case.number("emplvl_share")
    if point is not None and point.value >= 0.9 and share is not None and share < TINY:
        yield Question("well paid", "It pays well and is small: what would let it grow here?")


def _who(case: CandidateCase) -> Iterator[Question]:
    yield Question("who", "Which of its employers would come to a first meeting?")


RAISED: tuple[Callable[[CandidateCase], Iterator[Question]], ...] = (
    _kept, _decline, _at_odds, _how_many, _firms, _readiness, _engaged, _pay, _one_year, _serves,
    _well_paid, _growing, _ahead, _gained, _places, _unlisted, _unheard, _who,
)  # fmt: skip
