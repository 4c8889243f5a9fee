"""Candidates that are set aside: in which group, by which number, in words."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt
import pandas as pd

from lmi import words
from lmi.config import SetAside
from lmi.config.set_aside import PART, UNSCORED, WHOLE
from lmi.schema.measures import LATEST, MEASURES, OF_JOBS, PLACES
from lmi.words import Row, records, signed_pct
from lmi.words.claims import side
from lmi.words.how_sure import JOBS, as_range, estimated_ends, has_range, is_measured, is_off
from lmi.words.intervals import between, rough, signed_points, span, sure

__all__ = [
    "LEVELS",
    "Apart",
    "apart_of",
    "beneath",
    "best_first",
    "group_of",
    "in_groups",
    "why_apart",
]

LEVELS = (PART, WHOLE)
"""The groups of those that are counted by another level."""


class Apart(NamedTuple):
    """Candidates that one reason sets aside.

    Attributes
    ----------
    name : str
        Heading of the group.
    ask : str
        What to ask of them in the room.
    rows : list of mapping
        Their measures and their score, by name.
    """

    key: str
    name: str
    ask: str
    rows: list[Row]

    @property
    def names(self) -> list[str]:
        """Their names."""
        return [str(row["candidate_name"]) for row in self.rows]


def _groups(asked: SetAside) -> dict[str, tuple[str, str]]:
    """Return heading and question of every group, in the order that they are shown in."""
    return {reason.key: (reason.name, reason.ask) for reason in asked.reasons} | {
        PART: (
            "Counted within another sector",
            "Is it the right size for a partnership, or is the whole that it is a part of?",
        ),
        WHOLE: (
            "Counted by their parts",
            "Is it the right size for a partnership, or is one of its parts?",
        ),
        UNSCORED: ("Without a score", "What would tell more of it?"),
    }


def group_of(asked: SetAside, key: str) -> tuple[str, str]:
    """Return the heading of those that a key sets aside, and what to ask; empty where none is."""
    return _groups(asked).get(key, ("", ""))


def in_groups(table: pd.DataFrame, asked: SetAside) -> pd.DataFrame:
    """Order candidates: the ranked by rank, then group by group those set aside, each by name."""
    order = {key: number for number, key in enumerate(["", *_groups(asked)])}
    group = table["set_aside"].map(order).fillna(len(order))
    by = table[["rank", "candidate_name", "candidate"]].reset_index(drop=True)
    by.insert(0, "group", group.to_numpy())
    return table.iloc[by.sort_values([*by.columns]).index].reset_index(drop=True)


def best_first(table: pd.DataFrame, asked: SetAside) -> pd.DataFrame:
    """Order candidates as `in_groups`, but a part beneath its whole, wherever that one stands.

    Returns
    -------
    DataFrame
        With ``stands_with``: the reason that sets a candidate, or the whole of a part, aside.
    """
    ordered = in_groups(table, asked)
    is_part = ordered["set_aside"] == PART
    why = ordered[["candidate", "set_aside"]].set_index("candidate")["set_aside"]
    lead = ordered["part_of"].where(is_part, ordered["candidate"])
    return beneath(ordered.assign(stands_with=lead.map(why)), is_part)


def beneath(table: pd.DataFrame, moved: npt.ArrayLike) -> pd.DataFrame:
    """Put rows of candidates beneath the wholes that they are parts of; the others stay in order.

    Parameters
    ----------
    moved : array_like of bool, one a row
        Which rows to move.
    """
    at = {key: n for n, key in enumerate(table["candidate"])}
    pairs = zip(table["part_of"], np.asarray(moved, dtype=bool), strict=True)
    lead = [at[of] if is_moved else n for n, (of, is_moved) in enumerate(pairs)]
    order = sorted(range(len(table)), key=lambda n: (lead[n], lead[n] != n, n))
    return table.iloc[order].reset_index(drop=True)


def apart_of(table: pd.DataFrame, asked: SetAside) -> tuple[Apart, ...]:
    """Group the candidates that are set aside, those without jobs here left out."""
    rows = records(in_groups(table, asked))
    found = (
        Apart(key, name, ask, [row for row in rows if row["set_aside"] == key])
        for key, (name, ask) in _groups(asked).items()
    )
    return tuple(group for group in found if group.rows)


def why_apart(row: Row, year: int, base_year: int | None) -> str:
    """Say by which number a candidate is set aside, kept in nevertheless, or may be set aside.

    Returns
    -------
    str
        A verb and what belongs to it, so that the candidate's name can go before it; empty where
        none of the three is so.
    """
    said = _by_number(row, year, base_year)
    replaced = said and row.get("set_aside") and not row.get("counted", True)
    return f"{said}; its parts are asked in its place" if replaced else said


def _by_number(row: Row, year: int, base_year: int | None) -> str:
    name = str(row.get("set_aside_by") or "")
    if not name or (name != PLACES and not is_measured(row, name)):
        return ""
    if name in CHANGES:
        years = next((n for n, latest in LATEST.items() if latest == name), None)
        first = year - years if years else base_year
        return _changed(row, name, f"from {first} to {year}" if first else f"up to {year}")
    say = SAID.get(name)
    measure = MEASURES[name]
    return say(row) if say else measure.sentence(row) or f"stands at {measure.cell(row)}"


CHANGES = frozenset({*LATEST.values(), "emplvl_pct_chg"})


def _changed(row: Row, name: str, when: str) -> str:
    vague, is_open = as_range(row, name), not (where := side(row, name, 0.0))
    if vague and is_open:
        said = between(row, name, signed_points)
        return f"moved by {said} {when}" if said else f"moved {when}, how far is open"
    moved = where if vague else float(row[name])
    verb = "lost" if moved < 0 else "gained"
    if vague:
        low, high = sorted(abs(float(row[f"{name}{end}"])) for end in ("_lo", "_hi"))
        range_ = between({"by_lo": low, "by_hi": high}, "by", "{:.0f}%".format)
        return f"{verb} {range_} of its jobs {when}"
    verb = f"may have {verb}" if is_open else verb
    # no digit says more than the interval
    by = f"about {abs(moved):.0f}%" if is_off(row, name) else f"{abs(moved):.1f}%"
    return f"{verb} {by} of its jobs {when}{sure(row, name, signed_pct)}"


def _places(row: Row) -> str:
    places: Any = row["annual_avg_estabs"]
    if words.is_known(places) and round(float(places)) > max(float(places), 1):
        return f"has {float(places):.1f} places of business on average"  # 12 are no fewer than 12
    return f"has {words.count(places, 'place of business')}"


def _share(row: Row) -> str:
    if not has_range(row, "emplvl_share"):
        return f"holds {words.share(row['emplvl_share'])} of all jobs here " + (
            f"({words.count(row[JOBS], 'job')})"
        )
    most = row.get(f"{JOBS}_hi")
    jobs = f" (at most {rough(most)} jobs)" if words.is_known(most) else ""
    return f"holds at most {words.share(row['emplvl_share_hi'])} of all jobs here{jobs}"


def _ranks(row: Row) -> str:
    if not (words.is_known(row.get("rank_lo")) and words.is_known(row.get("rank_hi"))):
        return "may come anywhere"
    best, worst = (words.ordinal(int(row[end])) for end in ("rank_lo", "rank_hi"))
    return f"may come anywhere from {best} to {worst}, as far as withheld numbers go"


def _estimated(row: Row) -> str:
    jobs = span(row, JOBS, rough)
    told = f" ({jobs})" if " to " in jobs else ""
    least, most = estimated_ends(row) or (float(row[OF_JOBS]),) * 2
    part = words.whole_share(most)
    if least < most:
        part = f"{words.whole_share(least)} to {part}" if least else f"at most {part}"
    return f"has {part} of its jobs estimated{told}"


def _public(row: Row) -> str:
    name = "emplvl_public_share"
    if not as_range(row, name):
        return MEASURES[name].sentence(row)
    return f"has at least {words.share(row[f'{name}_lo'])} of its jobs at public employers"


SAID: dict[str, Callable[[Row], str]] = {
    "annual_avg_estabs": _places,
    "emplvl_share": _share,
    PLACES: _ranks,
    "emplvl_public_share": _public,
    OF_JOBS: _estimated,
}
