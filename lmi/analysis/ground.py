"""What people bring: who already works with employers, and what is known on the ground.

Both are a team's own tables in its state's folder. They stand beside the statistics and never
change one.
"""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain

import pandas as pd

from lmi.config import Candidate, Region, StateConfig
from lmi.missing import Missing
from lmi.schema.owned import ENGAGEMENT, LOCAL_KNOWLEDGE
from lmi.sources.own_file import OwnRows, read_own
from lmi.words import did_you_mean, listing

__all__ = [
    "FIRMS_AT_TABLE",
    "FIRMS_TO_INVITE",
    "READINESS",
    "SYSTEMS",
    "Engagement",
    "Knowledge",
    "average_knowledge",
    "by_region",
    "count_engagement",
    "engagement",
    "local_knowledge",
]

SYSTEMS = ("workforce", "education", "economic development", "community")
"""The public and community systems that engage employers."""

FIRMS_AT_TABLE, FIRMS_TO_INVITE = 12, 100
"""Firms that a partnership needs at its table, and firms to invite so that they come."""

READINESS = {
    "champions": "Business champions are known by name",
    "network": "Its firms already meet in a network",
    "urgency": "Its firms see something that they must act on together, and soon",
    "firms": f"There are enough firms: at least {FIRMS_AT_TABLE} at the table, "
    f"{FIRMS_TO_INVITE} to invite",
}
"""The industry readiness items, in words that a rating of 5 fully agrees with."""

KEYS = ["region", "candidate"]
_DATES = ("%Y-%m-%d", "%Y-%m", "%Y", "%m/%d/%Y")


@dataclass(frozen=True, eq=False)
class Engagement:
    """Who already works with the employers of which candidate.

    Parameters
    ----------
    counts : DataFrame
        Every ``region`` and ``candidate`` with ``engagement_organisations`` and
        ``engagement_systems``: distinct ones, 0 where the list names none.
    rows : DataFrame
        ``organisation``, ``system``, ``effort``, ``candidate``, ``since`` (year or missing) and
        ``region`` (empty for the whole state), in the order of the file.
    """

    counts: pd.DataFrame
    rows: pd.DataFrame


@dataclass(frozen=True, eq=False)
class Knowledge:
    """What people on the ground say of the candidates.

    Parameters
    ----------
    ratings : DataFrame
        Every ``region`` and ``candidate`` with ``local_rating``, its ``local_rating_lowest`` and
        ``local_rating_highest`` (1 to 5, missing where nobody spoke), ``local_statements`` (how
        many ratings there are) and ``readiness_rating`` (1 to 5, missing where no item is rated).
    readiness : DataFrame
        Every ``region``, ``candidate`` and ``item`` with ``rating`` (mean, missing where nobody
        spoke) and ``n``.
    rows : DataFrame
        ``candidate``, ``region``, ``statement``, ``rating``, ``who``, ``date`` and ``item``
        (empty for a general statement), in the order of the file.
    """

    ratings: pd.DataFrame
    readiness: pd.DataFrame
    rows: pd.DataFrame


def engagement(
    state: StateConfig,
    candidates: Sequence[Candidate],
    regions: Sequence[Region] | None = None,
) -> Engagement | Missing:
    """Read a state's ``engagement.csv`` and count who engages employers.

    Parameters
    ----------
    state : StateConfig
    candidates : sequence of Candidate
        Those that the file may name.
    regions : sequence of Region, optional
        Which to count for, such as one whose footprint was changed; all of the state's unless
        told. The file may name any of the state's.

    Returns
    -------
    Engagement or Missing
        Missing where there is no such file: what nobody wrote down is not zero.

    Raises
    ------
    ConfigError
        A candidate, a system or a region does not exist, or the file cannot be read.

    Notes
    -----
    A row without a region counts in every region; one of a region counts there, and in combined
    regions that hold it. An organisation counts once, however many efforts it makes and however
    its name is capitalised. The file is the team's list of what is known: a candidate that it
    does not name has no organisation.

    Examples
    --------
    >>> from lmi.config import load_candidates, load_state
    >>> state = load_state("sample")
    >>> found = engagement(state, load_candidates(state))
    >>> wanted = found.counts.query("region == 'ferrow-valley'").set_index("candidate")
    >>> wanted.loc["materials-manufacturing"].drop("region").to_dict()
    {'engagement_organisations': 3, 'engagement_systems': 3}
    """
    file = state.folder / "engagement.csv"
    if not file.is_file():
        return _missing("list of who works with employers", state, file.name)
    found = read_own(file, ENGAGEMENT)
    _check_keys(found, state, candidates, may_be_blank=True)
    rows = found.rows.assign(system=_folded(found.rows["system"]))
    for row, system in enumerate(rows["system"]):
        if system not in SYSTEMS:
            said = found.rows["system"].iloc[row]
            hint = did_you_mean(said, SYSTEMS) or f"; write {listing(SYSTEMS, last='or')}"
            raise found.error(row, f"{said!r} is not a system{hint}.")
    wanted = state.regions if regions is None else regions
    grid = _grid([r.key for r in wanted], [c.key for c in candidates])
    return Engagement(_counted(by_region(rows, state, wanted), grid), rows)


def count_engagement(
    rows: pd.DataFrame, regions: Sequence[str], candidates: Sequence[str]
) -> Engagement:
    """Count who engages employers, in rows that name the regions they count in.

    Parameters
    ----------
    rows : DataFrame
        As `Engagement.rows`.
    regions, candidates : sequence of str
        Keys.
    """
    return Engagement(_counted(rows, _grid(regions, candidates)), rows)


def _counted(rows: pd.DataFrame, grid: pd.MultiIndex) -> pd.DataFrame:
    named = rows.assign(organisation=_folded(rows["organisation"].astype("str")))
    counts = named.groupby(KEYS)[["organisation", "system"]].nunique()
    counts.columns = pd.Index(["engagement_organisations", "engagement_systems"])
    return counts.reindex(grid, fill_value=0).astype("int64").reset_index()


def local_knowledge(
    state: StateConfig,
    candidates: Sequence[Candidate],
    regions: Sequence[Region] | None = None,
) -> Knowledge | Missing:
    """Read a state's ``local_knowledge.csv`` and average its ratings.

    Parameters
    ----------
    state : StateConfig
    candidates : sequence of Candidate
        Those that the file may name.
    regions : sequence of Region, optional
        Which to count for, such as one whose footprint was changed; all of the state's unless
        told. The file may name any of the state's.

    Returns
    -------
    Knowledge or Missing
        Missing where there is no such file.

    Raises
    ------
    ConfigError
        A candidate, a region or a readiness item does not exist, a rating is outside 1 to 5, a
        date is none, a general statement has no words, or the file cannot be read.

    Notes
    -----
    ``local_rating`` is the mean of all ratings of a candidate in a region, general statements and
    readiness items alike: each voice counts once. ``readiness_rating`` is the mean over the items
    of each item's mean, so that an item that many spoke of counts no more than another. Ratings
    of a region count in combined regions that hold it, too.

    Examples
    --------
    >>> from lmi.config import load_candidates, load_state
    >>> state = load_state("sample")
    >>> found = local_knowledge(state, load_candidates(state))
    >>> spoken = found.ratings.query("region == 'gannet-island' and local_statements > 0")
    >>> spoken[["candidate", "local_rating"]].values.tolist()
    [['agriculture', 3.0], ['hospitality-and-tourism', 2.0]]
    """
    file = state.folder / "local_knowledge.csv"
    if not file.is_file():
        return _missing("on-the-ground knowledge", state, file.name)
    found = read_own(file, LOCAL_KNOWLEDGE)
    _check_keys(found, state, candidates, may_be_blank=False)
    rows = found.rows.assign(
        item=_folded(found.rows["item"]),
        date=[_date(found, row, text) for row, text in enumerate(found.rows["date"])],
    )
    _check_items(found, rows)
    wanted = state.regions if regions is None else regions
    spread = by_region(rows, state, wanted)
    return Knowledge(*_averaged(spread, [r.key for r in wanted], [c.key for c in candidates]), rows)


def average_knowledge(
    rows: pd.DataFrame, regions: Sequence[str], candidates: Sequence[str]
) -> Knowledge:
    """Average what is said of candidates, in rows that name the regions they count in.

    Parameters
    ----------
    rows : DataFrame
        As `Knowledge.rows`; a row without a rating counts in no mean.
    regions, candidates : sequence of str
        Keys.
    """
    rated = rows[rows["rating"].notna()]
    return Knowledge(*_averaged(rated, regions, candidates), rows)


def _averaged(
    rated: pd.DataFrame, regions: Sequence[str], candidates: Sequence[str]
) -> tuple[pd.DataFrame, pd.DataFrame]:
    grid = _grid(regions, candidates)
    said = rated.groupby(KEYS)["rating"].agg(["mean", "min", "max", "size"]).reindex(grid)
    items = _readiness(rated, grid)
    ratings = pd.DataFrame(
        {
            "local_rating": said["mean"].astype("float64"),
            "local_rating_lowest": said["min"].astype("float64"),
            "local_rating_highest": said["max"].astype("float64"),
            "local_statements": said["size"].fillna(0).astype("int64"),
            "readiness_rating": items.groupby(KEYS)["rating"].mean().reindex(grid),
        },
        index=grid,
    )
    return ratings.reset_index(), items


def _missing(what: str, state: StateConfig, name: str) -> Missing:
    return Missing(
        f"{what} in {state.name}",
        f"the state's folder has no {name}",
        f"write {name} as regions/README.md shows",
    )


def _folded(texts: pd.Series) -> pd.Series:
    return texts.str.split().str.join(" ").str.casefold()


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


def by_region(rows: pd.DataFrame, state: StateConfig, wanted: Sequence[Region]) -> pd.DataFrame:
    """Repeat each row for every region wanted that it counts in."""
    counties = {region.key: set(region.counties) for region in state.regions}
    holders = {
        key: [
            region.key
            for region in wanted
            if region.key == key or (region.combined and set(region.counties) >= own)
        ]
        for key, own in counties.items()
    }
    everywhere = [region.key for region in wanted]
    counted = [holders.get(key, everywhere) for key in rows["region"]]
    repeated = rows.loc[rows.index.repeat([len(keys) for keys in counted])]
    return repeated.assign(region=list(chain.from_iterable(counted)))


def _grid(regions: Sequence[str], candidates: Sequence[str]) -> pd.MultiIndex:
    return pd.MultiIndex.from_product([list(regions), list(candidates)], names=KEYS)


def _readiness(spread: pd.DataFrame, grid: pd.MultiIndex) -> pd.DataFrame:
    every = [(*place, item) for place in grid for item in READINESS]
    index = pd.MultiIndex.from_tuples(every, names=[*KEYS, "item"])
    said = spread.groupby([*KEYS, "item"])["rating"].agg(["mean", "size"]).reindex(index)
    return pd.DataFrame(
        {"rating": said["mean"].astype("float64"), "n": said["size"].fillna(0).astype("int64")},
        index=index,
    ).reset_index()
