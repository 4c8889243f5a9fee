"""A team's own tables of what people bring, read from its state's folder and checked.

``engagement.csv`` lists who already works with employers, ``local_knowledge.csv`` what is known on
the ground. What nobody wrote down is missing, not zero.
"""

from __future__ import annotations

import datetime
from collections.abc import Sequence

import pandas as pd

from lmi.assessment.people import (
    READINESS,
    SYSTEMS,
    Engagement,
    Knowledge,
    People,
    average_knowledge,
    by_region,
    count_engagement,
    folded,
)
from lmi.config import Candidate, Region, StateConfig
from lmi.missing import Missing
from lmi.schema.owned import ENGAGEMENT, LOCAL_KNOWLEDGE
from lmi.sources.own_file import OwnRows, read_own
from lmi.words import did_you_mean, listing

__all__ = ["people_of", "read_engagement", "read_knowledge"]

_DATES = ("%Y-%m-%d", "%Y-%m", "%Y", "%m/%d/%Y")


def people_of(
    state: StateConfig,
    candidates: Sequence[Candidate],
    regions: Sequence[Region] | None = None,
) -> People:
    """Read and count what a state's own files say that people bring.

    Parameters
    ----------
    candidates : sequence of Candidate
        Those that the files may name.
    regions : sequence of Region, optional
        Which to count for, such as one whose footprint was changed; all of the state's unless
        told. The files may name any of the state's.

    Raises
    ------
    ConfigError
        As `read_engagement` and `read_knowledge`.

    Examples
    --------
    >>> from lmi.config import load_candidates, load_state
    >>> state = load_state("sample")
    >>> found = people_of(state, load_candidates(state))
    >>> wanted = found.engagement.counts.query("region == 'ferrow-valley'").set_index("candidate")
    >>> wanted.loc["materials-manufacturing"].drop("region").to_dict()
    {'engagement_organisations': 3, 'engagement_systems': 3}
    >>> spoken = found.knowledge.ratings.query("region == 'gannet-island'")
    >>> spoken.query("local_statements > 0")[["candidate", "local_rating"]].values.tolist()
    [['agriculture', 3.0], ['hospitality-and-tourism', 2.0]]
    """
    wanted = state.regions if regions is None else regions
    named = [r.key for r in wanted]
    efforts, said = read_engagement(state, candidates), read_knowledge(state, candidates)
    engagement: Engagement | Missing
    knowledge: Knowledge | Missing
    if isinstance(efforts, Missing):
        engagement = efforts
    else:
        engagement = count_engagement(by_region(efforts, state, wanted), named, candidates)
    if isinstance(said, Missing):
        knowledge = said
    else:
        knowledge = average_knowledge(by_region(said, state, wanted), named, candidates)
    return People(engagement, knowledge)


def read_engagement(state: StateConfig, candidates: Sequence[Candidate]) -> pd.DataFrame | Missing:
    """Read a state's ``engagement.csv``, whose rows may name the candidates and the regions.

    Returns
    -------
    DataFrame or Missing
        ``organisation``, ``system``, ``effort``, ``candidate``, ``since`` (year or missing) and
        ``region`` (empty for the whole state), in the order of the file.

    Raises
    ------
    ConfigError
        A candidate, a system or a region does not exist, or the file cannot be read.
    """
    file = state.folder / "engagement.csv"
    if not file.is_file():
        return _missing("list of who works with employers", state, file.name)
    found = read_own(file, ENGAGEMENT)
    _check_keys(found, state, candidates, may_be_blank=True)
    rows = found.rows.assign(system=folded(found.rows["system"]))
    for row, system in enumerate(rows["system"]):
        if system not in SYSTEMS:
            said = found.rows["system"].iloc[row]
            hint = did_you_mean(said, SYSTEMS) or f"; write {listing(SYSTEMS, last='or')}"
            raise found.error(row, f"{said!r} is not a system{hint}.")
    return rows


def read_knowledge(state: StateConfig, candidates: Sequence[Candidate]) -> pd.DataFrame | Missing:
    """Read a state's ``local_knowledge.csv``, whose rows may name the candidates and the regions.

    Returns
    -------
    DataFrame or Missing
        ``candidate``, ``region``, ``statement``, ``rating``, ``who``, ``date``, ``item`` (empty
        for a general statement) and ``voice``, in the order of the file.

    Raises
    ------
    ConfigError
        A candidate, a region or a readiness item does not exist, a rating is outside 1 to 5, a
        date is none, a general statement has no words, or the file cannot be read.
    """
    file = state.folder / "local_knowledge.csv"
    if not file.is_file():
        return _missing("on-the-ground knowledge", state, file.name)
    found = read_own(file, LOCAL_KNOWLEDGE)
    _check_keys(found, state, candidates, may_be_blank=False)
    rows = found.rows.assign(
        item=folded(found.rows["item"]),
        date=[_date(found, row, text) for row, text in enumerate(found.rows["date"])],
    )
    _check_items(found, rows)
    return rows


def _missing(what: str, state: StateConfig, name: str) -> Missing:
    return Missing(
        f"{what} in {state.name}",
        f"the state's folder has no {name}",
        f"write {name} as regions/README.md shows",
    )


def _check_keys(
    found: OwnRows, state: StateConfig, candidates: Sequence[Candidate], may_be_blank: bool
) -> None:
    known = {"candidate": [c.key for c in candidates], "region": [r.key for r in state.regions]}
    names = {c.key: c.name for c in candidates} | {r.key: r.name for r in state.regions}
    for row, (candidate, region) in enumerate(
        found.rows[["candidate", "region"]].itertuples(index=False)
    ):
        for what, key in (("candidate", candidate), ("region", region)):
            if key in known[what] or (what == "region" and not key and may_be_blank):
                continue
            by_name = [k for k in known[what] if names[k].casefold() == key.casefold()]
            hint = (
                f"; write its key {by_name[0]!r}"
                if by_name
                else did_you_mean(key, known[what])
                or f"; {state.name} has {listing(known[what]) or 'none'}"
            )
            raise found.error(row, f"there is no {what} {key!r}{hint}.")


def _check_items(found: OwnRows, rows: pd.DataFrame) -> None:
    pairs = zip(rows["item"], rows["statement"], strict=True)
    for row, (item, statement) in enumerate(pairs):
        if item and item not in READINESS:
            hint = did_you_mean(item, READINESS) or f"; write {listing(READINESS, last='or')}"
            raise found.error(
                row, f"{item!r} is not a readiness item{hint}, or leave it blank for a statement."
            )
        if not item and not statement:
            raise found.error(
                row, "the statement is empty; write what was said, or name a readiness item."
            )


def _date(found: OwnRows, row: int, text: str) -> str:
    """Return a date as ISO 8601 has it, as exact as it was written."""
    for pattern in _DATES:
        try:
            day = datetime.datetime.strptime(text, pattern)
        except ValueError:
            continue
        return day.strftime("%Y-%m-%d" if pattern == "%m/%d/%Y" else pattern)
    raise found.error(row, f"the date is {text!r}; write one such as 2026-11-22, 2026-11 or 2026.")
