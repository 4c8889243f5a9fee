"""What a candidate does by one criterion, as the second half of a sentence: "pays $52,300 ..."."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from lmi import words
from lmi.assessment.case import CandidateCase, Reading
from lmi.schema.measures import MEASURES, threshold_name
from lmi.words.how_sure import JOBS, PAY, has_range
from lmi.words.intervals import rough, rough_money, signed_points, span, sure

__all__ = ["as_noun", "predicate", "reaches_across", "unclear"]

ABOUT_SAME = 0.05
SYSTEMS = 4
EN_DASH = "\N{EN DASH}"


def as_noun(point: Reading) -> str:
    """Name what a criterion asks, as a sentence on a rank does."""
    noun = MEASURES[point.measure].noun or words.lowered(point.criterion.name)
    if point.stands_in and noun != "pay":
        return f"{noun}, which stands in for {words.lowered(point.criterion.name)}"
    return noun


def reaches_across(case: CandidateCase, point: Reading) -> bool:
    """Tell whether a measure's interval holds the line at which it would say the opposite."""
    line, name = MEASURES[point.measure].line, point.measure
    if line is None or not has_range(case.row, name):
        return False
    return float(case.row[f"{name}_lo"]) < line < float(case.row[f"{name}_hi"])


def unclear(case: CandidateCase, point: Reading) -> str:
    """Say what is too uncertain for a number, with its interval where there is one."""
    measure = MEASURES[point.measure]
    what = measure.unknown or words.lowered(point.criterion.name)
    told = MEASURES[measure.told_by or measure.key]
    write = (told.roughly if told.vague_by == "change" else None) or told.write
    said = span(case.row, told.key, write)
    if said and told.key.endswith("_cagr") and not _is_one_year(case, told.key):
        said += " a year"
    return f"{what} ({said})" if said else what


def _is_one_year(case: CandidateCase, column: str) -> bool:
    base = case.context.base_year
    return column == "emplvl_cagr" and base is not None and case.context.year - base == 1


def predicate(case: CandidateCase, point: Reading) -> str:
    """Say how a candidate does by a criterion.

    Returns
    -------
    str
        A verb and what belongs to it, so that the candidate's name can go before it.
    """
    if point.bound:
        return _bounded(case, point)
    number, say = case.number(point.measure), PREDICATES.get(point.measure)
    measure = MEASURES[point.measure]
    if number is not None and say is not None:
        return say(case, point)
    if number is not None and measure.says:
        return measure.sentence(case.row)
    return (
        f"stands at {words.points(point.value)} of 100 in "
        f"\N{LEFT DOUBLE QUOTATION MARK}{point.criterion.name}\N{RIGHT DOUBLE QUOTATION MARK}"
    )


def _bounded(case: CandidateCase, point: Reading) -> str:
    """Say the end of an interval that says the least: "holds at most 0.1% of all jobs here"."""
    name = point.measure
    measure = MEASURES[name]
    end = case.row[f"{name}_{'hi' if point.bound == 'at most' else 'lo'}"]
    say = BOUNDED.get(name)
    if say is None:
        return (
            f"has {point.bound} {measure.write(end)} in "
            f"\N{LEFT DOUBLE QUOTATION MARK}{point.criterion.name}\N{RIGHT DOUBLE QUOTATION MARK}"
        )
    return say(case, point.bound, float(end))


def _bounded_size(case: CandidateCase, bound: str, share: float) -> str:
    jobs: Any = case.row.get(f"{JOBS}_{'hi' if bound == 'at most' else 'lo'}")
    count = f" ({bound} {rough(jobs)} jobs)" if words.is_known(jobs) else ""
    return f"holds {bound} {words.share(share)} of all jobs here{count}"


def _bounded_ratio(bound: str, ratio: float, line: str) -> str:
    where = "above" if ratio > 1 else "below"
    most = bound if ratio > 1 else {"at most": "at least", "at least": "at most"}[bound]
    return f"pays {most} {100 * abs(ratio - 1):.0f}% {where} {line}"


def _bounded_change(case: CandidateCase, bound: str, change: float) -> str:
    verb = "gained" if change > 0 else "lost"
    most = bound if change > 0 else {"at most": "at least", "at least": "at most"}[bound]
    a_year = "" if _is_one_year(case, "emplvl_cagr") else " a year"
    return f"{verb} {most} {abs(change):,.1f}%{a_year}"


def _known(case: CandidateCase, name: str) -> float:
    value = case.number(name)
    assert value is not None, f"{name} is missing and was to be written"
    return value


def _jobs(case: CandidateCase) -> str:
    return words.about(case.row[JOBS], "job", case.row.get("emplvl_estimated_share"))


def _size(case: CandidateCase, point: Reading) -> str:
    share = case.number("emplvl_share")
    only = "only " if point.value < 0.5 else ""
    if share is None:
        return f"has {only}{_jobs(case)}"
    count = _jobs(case).removesuffix(" jobs").removesuffix(" job")
    written = words.share(share)
    only = "" if written.startswith("less") else only
    return f"holds {only}{written} of all jobs here ({count})"


def _money(case: CandidateCase) -> str:
    guessed = words.estimated(case.row.get("wages_estimated_share"))
    pay = case.row.get(PAY)
    return f"about {rough_money(pay)}" if guessed else words.money(pay)


def _against(case: CandidateCase, point: Reading, line: str) -> str:
    ratio = _known(case, point.measure)
    gap = f"{100 * abs(ratio - 1):.0f}%"
    if gap == "0%":
        return f"pays on average just about {line} ({_money(case)})"
    where = "above" if ratio > 1 else "below"
    by = "by the estimate " if reaches_across(case, point) else ""
    return f"pays {_money(case)} on average ({by}{gap} {where} {line})"


def _to_threshold(case: CandidateCase, point: Reading) -> str:
    return _against(case, point, threshold_name(case.row))


def _to_region(case: CandidateCase, point: Reading) -> str:
    return _against(case, point, "the region's average")


def _pay(case: CandidateCase, _point: Reading) -> str:
    return f"pays {_money(case)} on average"


def _moved(case: CandidateCase, point: Reading, written: str, when: str) -> str:
    """Say a gain or a loss, with care where it may be the other."""
    moved = _known(case, point.measure)
    if reaches_across(case, point):
        verb = "gained" if moved > 0 else "lost"
        return f"may have {verb} jobs {when} (by the estimate {written}%, but that is not sure)"
    if written.strip("0.,") == "":
        return f"kept its jobs {when}"
    return f"{'gained' if moved > 0 else 'lost'} {written}% {when}"


def _yearly_change(case: CandidateCase, point: Reading) -> str:
    base, year = case.context.base_year, case.context.year
    number = f"{abs(_known(case, point.measure)):,.1f}"
    if base is None:
        return _moved(case, point, number, "a year")
    if year - base == 1:
        return _moved(case, point, number, f"from {base} to {year}")
    when = f"a year since {base}"
    return _moved(case, point, number, when if number != "0.0" else f"since {base}")


def _change(case: CandidateCase, point: Reading) -> str:
    base = case.context.base_year
    when = f"from {base} to {case.context.year}" if base else f"up to {case.context.year}"
    return _moved(case, point, f"{abs(_known(case, point.measure)):,.1f}", when)


def _projected(case: CandidateCase, point: Reading) -> str:
    moved, over = _known(case, point.measure), case.row.get("projection_horizon", "")
    over = str(over).replace("-", EN_DASH) if words.is_known(over) else ""
    number, open_ = f"{abs(moved):,.1f}", reaches_across(case, point)
    range_ = sure(case.row, point.measure, signed_points).strip(" ()")
    beside = "; ".join(filter(None, [over, range_]))
    beside = f" ({beside})" if beside else ""
    if number == "0.0":
        return f"is projected to keep its jobs{beside}"
    verb = "grow by" if moved > 0 else "lose"
    rate = " a year" if point.measure.endswith("_cagr") else ""
    lead = "may be expected to" if open_ else "is projected to"
    return f"{lead} {verb} {number}%{' of its jobs' * (moved < 0)}{rate}{beside}"


def _ahead(case: CandidateCase, point: Reading) -> str:
    ahead = _known(case, point.measure)
    future = point.measure.startswith("projected")
    verb = "is projected to change" if future else "changed"
    return (
        f"{verb} by {abs(ahead):,.1f} points {'more' if ahead > 0 else 'less'} than all jobs here"
    )


def _concentrated(case: CandidateCase, point: Reading, place: str) -> str:
    times = _known(case, point.measure)
    by = "by the estimate " if reaches_across(case, point) else ""
    if abs(times - 1) < ABOUT_SAME:
        return f"is about as concentrated here as in {place}"
    only = "" if times > 1 else "only "
    said = words.spoken(MEASURES[point.measure].cell(case.row))
    return f"is {by or only}{said} times as concentrated here as in {place}"


def _in_nation(case: CandidateCase, point: Reading) -> str:
    return _concentrated(case, point, "the nation")


def _in_state(case: CandidateCase, point: Reading) -> str:
    return _concentrated(case, point, case.context.state_name)


def _engaged(case: CandidateCase, point: Reading) -> str:
    count = round(_known(case, "engagement_organisations"))
    systems = case.number("engagement_systems")
    if count == 0:
        return "has no organization on the team's list working with its employers"
    many = ("only " if point.value < 0.5 else "") + words.numbered(count, "organization")
    of = f" of {words.numbered(round(systems), 'system')}" if systems and systems > 1 else ""
    return f"has {many}{of} working with its employers"


def _systems(case: CandidateCase, _point: Reading) -> str:
    count = round(_known(case, "engagement_systems"))
    return f"is engaged by {words.spelled(count)} of {words.spelled(SYSTEMS)} systems"


def _rated(case: CandidateCase, _point: Reading) -> str:
    rating, voices = _known(case, "local_rating"), case.number("local_statements") or 0
    low, high = case.number("local_rating_lowest"), case.number("local_rating_highest")
    said = f"{rating:.1f}".removesuffix(".0")
    if voices == 1:
        return f"is rated {said} of 5 by the one voice heard"
    spread = f", from {low:g} to {high:g}" if low is not None and high and high > low else ""
    return f"is rated {said} of 5 ({words.numbered(round(voices), 'voice')}{spread})"


def _ready(case: CandidateCase, _point: Reading) -> str:
    return f"is rated {_known(case, 'readiness_rating'):.1f} of 5 for readiness"


BOUNDED: dict[str, Callable[[CandidateCase, str, float], str]] = {
    "emplvl_share": _bounded_size,
    "annual_avg_emplvl": lambda case, bound, jobs: f"has {bound} {rough(jobs)} jobs",
    "pay_to_threshold_ratio": lambda case, bound, ratio: _bounded_ratio(
        bound, ratio, threshold_name(case.row)
    ),
    "pay_ratio": lambda _case, bound, ratio: _bounded_ratio(bound, ratio, "the region's average"),
    "emplvl_cagr": _bounded_change,
    "lq": lambda case, bound, times: (
        f"is {bound} {words.quotient(times)} times as concentrated here as in the nation"
    ),
    "lq_state": lambda case, bound, times: (
        f"is {bound} {words.quotient(times)} times as concentrated here as in "
        f"{case.context.state_name}"
    ),
}
PREDICATES: dict[str, Callable[[CandidateCase, Reading], str]] = {
    "emplvl_share": _size,
    "annual_avg_emplvl": _size,
    "pay_to_threshold_ratio": _to_threshold,
    "pay_ratio": _to_region,
    "avg_annual_pay": _pay,
    "emplvl_cagr": _yearly_change,
    "emplvl_pct_chg": _change,
    "projected_emplvl_pct_chg": _projected,
    "projected_emplvl_cagr": _projected,
    "emplvl_pct_chg_over_region": _ahead,
    "projected_emplvl_pct_chg_over_region": _ahead,
    "lq": _in_nation,
    "lq_state": _in_state,
    "engagement_organisations": _engaged,
    "engagement_systems": _systems,
    "local_rating": _rated,
    "readiness_rating": _ready,
}
