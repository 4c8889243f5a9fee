"""A footprint as a room talks about it: the verdict, who comes and goes, each county's effect."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from lmi import words
from lmi.assessment.footprint_evidence import (
    Amount,
    CountyTried,
    FlowsSeen,
    FootprintEvidence,
    Partner,
)
from lmi.assessment.footprint_verdict import EXCHANGES, not_tried
from lmi.config import Candidate
from lmi.schema.measures import MEASURES
from lmi.words import Row
from lmi.words.how_sure import JOBS
from lmi.words.intervals import rough
from lmi.workshop.room import Room
from lmi.workshop.views.flow_map import FlowMap, flow_map

__all__ = ["FootprintView", "NeighborsView", "fits", "footprint_view", "neighbors_view", "recorded"]

FITS = ("too small", "about right", "too big")
TOP = 5
MOST_JOINING = 10


@dataclass(frozen=True)
class FootprintView:
    """What is seen of a footprint.

    Parameters
    ----------
    lead : str
        The verdict, in a few words.
    said : tuple of str
        Sentences that say what would change it.
    numbers : tuple of (str, str)
        Large numbers, and what they are.
    ends : tuple of (str, tuple of (str, str))
        Headings, and below each counties with how many come or go.
    source : str
        Of which flows, and when.
    known : tuple of str
        All sentences of the verdict.
    """

    lead: str
    said: tuple[str, ...]
    numbers: tuple[tuple[str, str], ...]
    ends: tuple[tuple[str, tuple[tuple[str, str], ...]], ...]
    source: str
    known: tuple[str, ...]
    map: FlowMap | None


@dataclass(frozen=True)
class FootprintLine:
    """A footprint as it is, or as one county makes it.

    Parameters
    ----------
    counties : tuple of str
        That the footprint would have; empty where it is as it is.
    """

    name: str
    tie: str
    keeps: str
    is_market: str
    jobs: str
    times: str
    place: str
    counties: tuple[str, ...]


@dataclass(frozen=True)
class NeighborsView:
    """What each county does to a footprint and to a sector.

    Parameters
    ----------
    said : tuple of str
        Whether the footprint fits the sector.
    groups : tuple of (str, tuple of FootprintLine)
        Headings and lines.
    notes : tuple of str
        What is counted, and what has no line.
    """

    said: tuple[str, ...]
    groups: tuple[tuple[str, tuple[FootprintLine, ...]], ...]
    notes: tuple[str, ...]


def footprint_view(seen: FootprintEvidence) -> FootprintView:
    """Return the verdict on a footprint, who comes and goes, and a map of the largest flows."""
    lead, _, rest = seen.verdict[0].partition(": ")
    if not seen.flows:
        return FootprintView("Not known", (rest or lead,), (), (), "", seen.verdict, None)
    by = seen.flows[0]
    parts = seen.markets if len(seen.markets) > 1 else ()
    said = tuple(s for s in seen.verdict[1:] if s.startswith(("It would", "No single"))
                 or "could be left out" in s)  # fmt: skip
    return FootprintView(
        lead=lead,
        said=(*(("Its parts: " + "; ".join(parts) + ".",) if parts else ()), *said),
        numbers=_numbers(by),
        ends=(
            ("Come in to work from", _named(by.comes_in)),
            ("Go out to work in", _named(by.goes_out)),
        ),
        source=by.when,
        known=seen.verdict,
        map=flow_map(seen.shapes, seen.counties, by),
    )


def recorded(room: Room) -> tuple[str, ...]:
    """Say what the footprint is as a labor market, by which flows, and whether it fits sectors.

    Of the sectors that were decided on, or else of all.
    """
    seen = room.footprint
    if seen is None:
        return ("The footprint has not been looked at.",)
    decided = room.state.decision
    chosen = [decided.first, *decided.next] if decided else [one.candidate for one in seen.sectors]
    fits = (f"{one.name}: {' '.join(one.said)}" for one in map(seen.sector, chosen) if one)
    return (*seen.verdict, *map(_crossing, seen.flows[:1]), *fits)


def _crossing(by: FlowsSeen) -> str:
    ends = (
        f"{what} {words.listing([f'{name} ({n})' for name, n in _named(end)])}"
        for what, end in (("most who come in live in", by.comes_in),
                          ("most who go out work in", by.goes_out))
        if end
    )  # fmt: skip
    said = "; ".join(ends) or "nobody comes in or goes out"
    return f"{said[:1].upper()}{said[1:]} ({by.when})."


def _numbers(by: FlowsSeen) -> tuple[tuple[str, str], ...]:
    comes, goes = (end.value - by.stay.value for end in (by.works, by.lives))
    return (
        (_share(by.stay_to_work), f"of working residents work here; {rough(goes)} go out"),
        (_share(by.filled_by_residents),
         f"of those who work here live here; {rough(comes)} come in"),
    )  # fmt: skip


def _share(of: Amount | None) -> str:
    return words.MISSING if of is None else words.whole_share(of.value)


def _named(partners: Sequence[Partner]) -> tuple[tuple[str, str], ...]:
    return tuple((one.name, rough(one.amount.value)) for one in partners[:TOP])


def fits(seen: FootprintEvidence) -> list[tuple[str, tuple[str, ...]]]:
    """Return verdicts on a footprint, and the sectors of which each is said."""
    found = ((fit, tuple(one.name for one in seen.sectors if one.fit == fit)) for fit in FITS)
    return [(fit, names) for fit, names in found if names]


def neighbors_view(seen: FootprintEvidence, candidate: Candidate) -> NeighborsView:
    """Return what each county does to a footprint, and to a sector in it."""
    sector, by = seen.sector(candidate.key), next(iter(seen.flows), None)
    joining = [one for one in seen.changes if one.joins]
    groups = [("If added", joining[:MOST_JOINING]),
              ("If dropped", [one for one in seen.changes if not one.joins])]  # fmt: skip
    now = [] if by is None else [
        _line("As it is", "", by.stay_to_work, by.filled_by_residents, seen.is_market,
              {} if sector is None else sector.now, ())
    ]  # fmt: skip
    return NeighborsView(
        said=() if sector is None else sector.said,
        groups=(
            *((("Now", tuple(now)),) if now else ()),
            *((head, tuple(_changed(seen, one, candidate.key) for one in of))
              for head, of in groups if of),
        ),
        notes=tuple(filter(None, (EXCHANGES, not_tried(
            max(len(joining) - MOST_JOINING, 0) + seen.not_tried)))),
    )  # fmt: skip


def _changed(seen: FootprintEvidence, one: CountyTried, candidate: str) -> FootprintLine:
    own = set(seen.counties)
    counties = own | {one.county} if one.joins else own - {one.county}
    return _line(
        one.name, words.whole_share(one.tie.value), one.stay_to_work, one.filled_by_residents,
        one.is_market, one.sectors.get(candidate, {}), tuple(sorted(counties)),
    )  # fmt: skip


def _line(
    name: str, tie: str, stay: Amount | None, filled: Amount | None, is_market: str, row: Row,
    counties: tuple[str, ...],
) -> FootprintLine:  # fmt: skip
    kept = min((one.value for one in (stay, filled) if one), default=None)
    rank = row.get("rank")
    return FootprintLine(
        name=name,
        tie=tie,
        keeps=words.MISSING if kept is None else words.whole_share(kept),
        is_market=is_market,
        jobs=MEASURES[JOBS].cell(row) if row else words.MISSING,
        times=MEASURES["lq"].cell(row) if row else words.MISSING,
        place=f"{rank:.0f}." if words.is_known(rank) else "not ranked" if row else words.MISSING,
        counties=counties,
    )
