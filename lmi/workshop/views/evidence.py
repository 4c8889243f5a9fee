"""What is known of each candidate, in plain words, and how sure each number is."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from lmi import words
from lmi.assessment.apart import why_apart
from lmi.assessment.outlooks import at_odds, expected_of, jobs_cell
from lmi.assessment.people import READINESS
from lmi.schema.measure import Measure
from lmi.schema.measures import MEASURES, threshold_name
from lmi.words import Row
from lmi.words.claims import ends
from lmi.words.how_sure import JOBS, PAY, as_range, has_range, is_guessed_change, is_measured
from lmi.words.intervals import between, moved, rough, rough_quotient, signed_points, span
from lmi.workshop.room import Room

__all__ = [
    "SURENESS", "Aside", "Card", "Fact", "absent", "apart", "cards", "change_years",
    "measures_line",
]  # fmt: skip

ABOUT_SAME = 0.05
EN_DASH = "\N{EN DASH}"
GROWTH = "emplvl_pct_chg"

SURENESS = {
    "counted": "counted",
    "estimated": "part estimated",
    "open": "a range in place of one number",
    "missing": "no data",
    "projected": "a projection",
    "told": "what people say",
}
"""How sure a number is, in words."""


@dataclass(frozen=True)
class Fact:
    """One thing that is known of a candidate.

    Parameters
    ----------
    short : str
        As a cell of a table.
    text : str
        As a sentence, without its full stop.
    sure : str
        Key of `SURENESS`.
    note : str
        The interval, where there is one to be told.
    """

    label: str
    short: str
    text: str
    sure: str
    note: str = ""


@dataclass(frozen=True)
class Card:
    """A candidate and what is known of it.

    Parameters
    ----------
    reasons : tuple of str
        Sentences, where the room has any.
    part_of : str
        Name of the candidate that it is a part of; empty where it is none.
    size : tuple of (float, float), 0 to 1
        Ends of its jobs, as shares of the most that a candidate may have.
    """

    key: str
    name: str
    why: str
    facts: tuple[Fact, ...]
    reasons: tuple[str, ...] = ()
    part_of: str = ""
    size: tuple[float, float] = (0.0, 0.0)


@dataclass(frozen=True)
class Aside:
    """Candidates that one reason sets aside.

    Parameters
    ----------
    name : str
        The reason.
    ask : str
        What to ask of them.
    sectors : tuple of (str, str)
        Names, and by which number each is set aside, with a verb.
    """

    name: str
    ask: str
    sectors: tuple[tuple[str, str], ...]


def cards(room: Room) -> list[Card]:
    """Return a card for each candidate that has jobs here, the largest first, parts beneath."""
    whys = {c.key: c.why for c in room.candidates}
    present = [row for row in room.evidence.rows if row["annual_avg_emplvl"] != 0]
    wholes = {row["candidate"]: row for row in present}

    def place(row: Row) -> tuple[tuple[float, str], bool, tuple[float, str]]:
        lead = wholes.get(row.get("part_of"), row)
        return _by_size(lead), lead is not row, _by_size(row)

    present.sort(key=place)
    asked = (MEASURES[criterion.measure] for criterion in room.charter.criteria)
    others = [measure for measure in asked if not measure.number]
    most = max((ends(row, JOBS)[1] for row in present if is_measured(row, JOBS)), default=1.0)
    return [
        Card(
            str(row["candidate"]),
            str(row["candidate_name"]),
            whys.get(str(row["candidate"]), ""),
            _facts(row, room.charter.year, others),
            tuple(str(reason) for reason in row.get("reasons") or ()),
            str(wholes.get(row.get("part_of"), {}).get("candidate_name", "")),
            _size(row, most),
        )
        for row in present
    ]


def _size(row: Row, most: float) -> tuple[float, float]:
    if not is_measured(row, JOBS):
        return (0.0, 0.0)
    low, high = ends(row, JOBS)
    return (low / most, high / most)


def change_years(room: Room) -> str:
    """Name the years of the change in jobs, after a comma; empty where sectors differ in them.

    A base that no file of its own stands for, but the changes that a year's file states, is known
    to the measures alone.
    """
    rows = room.evidence.rows
    known = {int(row["base_year"]) for row in rows if words.is_known(row.get("base_year"))}
    return f", {known.pop()} to {room.charter.year}" if len(known) == 1 else ""


def apart(room: Room) -> list[Aside]:
    """Return the candidates that are set aside, group by group."""
    found = room.evidence.assessment
    return [
        Aside(
            group.name,
            group.ask,
            tuple(
                (str(row["candidate_name"]), why_apart(row, found.year, found.base_year))
                for row in group.rows
            ),
        )
        for group in found.apart
    ]


def absent(room: Room) -> list[str]:
    """Return the names of the candidates that are known to have no jobs here."""
    return sorted(
        str(r["candidate_name"]) for r in room.evidence.rows if r["annual_avg_emplvl"] == 0
    )


def _by_size(row: Row) -> tuple[float, str]:
    low, high = ends(row, JOBS)
    jobs = (low + high) / 2
    return (-jobs if words.is_known(jobs) else 1.0, str(row["candidate_name"]))


def measures_line(row: Row) -> str:
    """Write a candidate's jobs, pay and concentration in one line."""
    parts = [
        (MEASURES[JOBS].cell(row), "jobs"),
        (MEASURES[PAY].cell(row), "pay"),
        (MEASURES["lq"].cell(row), "times the nation"),
    ]
    return ", ".join(f"{text} {what}" for text, what in parts if text != words.MISSING)


def _facts(row: Row, year: int, others: Sequence[Measure]) -> tuple[Fact, ...]:
    found = [_jobs(row), _pay(row), _concentration(row), _growth(row, year), _projection(row)]
    found += [_other(row, measure) for measure in others]
    found += [_engagement(row), _rating(row)]
    return tuple(fact for fact in found if fact is not None)


def _sureness(row: Row, measure: str, share: str) -> str:
    if as_range(row, measure):
        return "open"
    return "estimated" if words.estimated(row.get(share)) else "counted"


def _sure_note(row: Row, measure: str, write: Callable[[float], str], sure: str) -> str:
    said = span(row, measure, write)
    return f"90% sure: {said}" if sure != "counted" and " to " in said else ""


def _jobs(row: Row) -> Fact:
    if not is_measured(row, JOBS):
        return Fact("Jobs", words.MISSING, "The number of jobs is withheld", "missing")
    sure = _sureness(row, JOBS, "emplvl_estimated_share")
    if sure == "open":
        said = between(row, JOBS, rough).capitalize()
        text = f"{said} jobs" if said else "Some jobs, how many is open"
        return Fact("Jobs", MEASURES[JOBS].cell(row), text, sure)
    text = words.about(row[JOBS], "job", row.get("emplvl_estimated_share")).capitalize()
    if words.is_known(row.get("emplvl_share")):
        text += f", {words.share(row['emplvl_share'])} of all jobs here"
    return Fact("Jobs", MEASURES[JOBS].cell(row), text, sure, _sure_note(row, JOBS, rough, sure))


def _pay(row: Row) -> Fact:
    if not is_measured(row, PAY):
        return Fact("Pay", words.MISSING, "What it pays is withheld", "missing")
    sure = _sureness(row, PAY, "wages_estimated_share")
    if sure == "open":
        said = between(row, PAY, words.money).capitalize()
        text = f"{said} a year" if said else "What it pays is open"
        return Fact("Pay", MEASURES[PAY].cell(row), text, sure)
    lead = "About " if sure == "estimated" else ""
    text = f"{lead}{words.money(row[PAY])} a year{_against(row)}{_sustains(row)}"
    return Fact("Pay", MEASURES[PAY].cell(row), text, sure, _sure_note(row, PAY, words.money, sure))


def _against(row: Row) -> str:
    ratio: Any = row.get("pay_ratio")
    if not words.is_known(ratio):
        return ""
    gap = float(ratio) - 1
    if abs(gap) < ABOUT_SAME:
        return ", about the average here"
    return f", {100 * abs(gap):.0f}% {'above' if gap > 0 else 'below'} the average here"


def _sustains(row: Row) -> str:
    """Say on which side of the pay threshold the average is, where one was given."""
    name = "pay_to_threshold_ratio"
    if not words.is_known(row.get(name)):
        return ""
    is_open = has_range(row, name) and row[f"{name}_lo"] < 1 < row[f"{name}_hi"]
    side = "about at" if is_open else "above" if row[name] >= 1 else "below"
    amount = row.get("threshold_annual_wage")
    of = f" of {words.money(amount)}" if words.is_known(amount) else ""
    return f"; {side} {threshold_name(row)}{of}"


def _concentration(row: Row) -> Fact:
    label = "Concentration"
    if not is_measured(row, "lq"):
        return Fact(label, words.MISSING, "How concentrated it is here is not known", "missing")
    sure = _sureness(row, "lq", "emplvl_estimated_share")
    if sure == "open":
        said = between(row, "lq", rough_quotient).capitalize()
        text = f"{said} times the nation's share of jobs"
        return Fact(label, MEASURES["lq"].cell(row), text, sure)
    state = (
        f", {words.quotient(row['lq_state'])} times the state's"
        if words.is_known(row.get("lq_state")) and not as_range(row, "lq_state")
        else ""
    )
    text = f"{words.quotient(row['lq'])} times the nation's share of jobs{state}"
    note = _sure_note(row, "lq", rough_quotient, sure)
    return Fact(label, MEASURES["lq"].cell(row), text, sure, note)


def _growth(row: Row, year: int) -> Fact:
    label, short = "Change in jobs", moved({GROWTH: None, **row})
    if short == "codes changed":
        text = "Not compared: industry codes or county lines changed in between"
        return Fact(label, short, text, "missing")
    if not is_measured(row, GROWTH):
        return Fact(label, short, "How its jobs changed is not known", "missing")
    base = row.get("base_year")
    when = f"from {base:.0f} to {year}" if words.is_known(base) else f"up to {year}"
    if as_range(row, GROWTH) or " to " in short:  # or the table tells its range
        said = between(row, GROWTH, signed_points).capitalize()
        return Fact(label, short, f"{said} {when}", "open")
    sure = "estimated" if is_guessed_change(row) else "counted"
    lead = "About " if sure == "estimated" else ""
    note = _sure_note(row, GROWTH, signed_points, sure)
    return Fact(label, short, f"{lead}{words.signed_pct(row[GROWTH])} {when}", sure, note)


def _projection(row: Row) -> Fact | None:
    text = expected_of(row)
    if not text:
        return None
    against = at_odds(row)
    note = f"nine times in ten; {row['projection_source']}"
    if against:
        note = f"{note}; others disagree: {against}"
    return Fact("To come", jobs_cell(row), text[:1].upper() + text[1:], "projected", note)


def _other(row: Row, measure: Measure) -> Fact | None:
    """Tell a measure that a criterion reads and that is none of the numbers told anyway."""
    if not is_measured(row, measure.key):
        return None
    sure = _sureness(row, measure.key, measure.estimated_by)
    if sure == "open":
        said = between(row, measure.key, measure.roughly or measure.write).capitalize()
        return Fact(measure.head, measure.cell(row), said, sure)
    text = measure.sentence(row) or f"stands at {measure.cell(row)}"
    note = _sure_note(row, measure.key, measure.roughly or measure.write, sure)
    return Fact(measure.head, measure.cell(row), text[:1].upper() + text[1:], sure, note)


def _engagement(row: Row) -> Fact | None:
    known: Any = row.get("engagement_organisations")
    if not words.is_known(known):
        return None
    many = int(float(known))
    text = (
        f"{words.count(many, 'organization').capitalize()} already "
        f"{'works' if many == 1 else 'work'} with its employers"
        if many
        else "Nobody is known to work with its employers yet"
    )
    return Fact("Who works with it", str(many), text, "told")


def _rating(row: Row) -> Fact | None:
    rating: Any = row.get("local_rating")
    voices = row.get("local_statements")
    if not words.is_known(rating) or not words.is_known(voices):
        return None
    said = f"{float(rating):.1f}"
    text = f"Rated {said} of 5 by {words.count(voices, 'voice')}"
    low: Any = row.get("local_rating_lowest")
    high: Any = row.get("local_rating_highest")
    apart = words.is_known(low) and words.is_known(high) and float(high) - float(low) >= 2
    note = f"They differ: from {float(low):.0f} to {float(high):.0f}" if apart else ""
    ready: Any = row.get("readiness_rating")
    if words.is_known(ready):
        text += f"; readiness {float(ready):.1f} of 5 over {len(READINESS)} items"
    return Fact("On the ground", said, text, "told", note)
