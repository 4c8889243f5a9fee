"""What people bring: who already works with employers, and what is known on the ground.

It comes from a state's own files, from a room, or from both; it is counted here in one way, stands
beside the statistics and never changes one.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import chain

import pandas as pd

from lmi.analysis.measured import KEYS, CandidateMeasures
from lmi.config import Candidate, Region, StateConfig
from lmi.config.nesting import wholes
from lmi.measures.lookup import joined
from lmi.missing import Missing
from lmi.words import records

__all__ = [
    "AFTER_ACTION",
    "ANSWERS",
    "FIRMS_AT_TABLE",
    "FIRMS_TO_INVITE",
    "FULLY",
    "READINESS",
    "SYSTEMS",
    "Engagement",
    "Knowledge",
    "People",
    "average_knowledge",
    "by_region",
    "count_engagement",
    "folded",
    "listed_by",
    "rated_by",
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

FULLY = {1: "Not at all", 2: "A little", 3: "Half", 4: "Mostly", 5: "Fully"}
"""How far a readiness item is true."""

AFTER_ACTION = {
    "agreed": "Has the team agreed which sectors merit collective action, by the data and by what "
    "it knows on the ground?",
    "order": "Is it clear which sector comes first, and which come next?",
    "footprint": "Is the footprint agreed?",
}
"""The after-action questions of Step 2."""

ANSWERS = ("Yes", "Partly", "Not yet")


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
        ``region``, which a row counts in, in the order in which they were brought.
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
        many voices there are) and ``readiness_rating`` (1 to 5, missing where no item is rated).
    readiness : DataFrame
        Every ``region``, ``candidate`` and ``item`` with ``rating`` (mean, missing where nobody
        spoke) and ``n``.
    rows : DataFrame
        ``candidate``, ``region``, which a row counts in, ``statement``, ``rating``, ``who``,
        ``date``, ``item`` (empty for a general statement) and ``voice`` (the same for what one
        person said of a candidate, empty where a row is all), in the order in which they were
        brought.
    """

    ratings: pd.DataFrame
    readiness: pd.DataFrame
    rows: pd.DataFrame


@dataclass(frozen=True, eq=False)
class People:
    """What people bring on some regions; missing is what nobody has written down or said."""

    engagement: Engagement | Missing
    knowledge: Knowledge | Missing

    @property
    def missing(self) -> list[Missing]:
        """What nobody brought."""
        return [found for found in (self.engagement, self.knowledge) if isinstance(found, Missing)]

    @property
    def efforts(self) -> pd.DataFrame:
        """`Engagement.rows`; none where nobody brought any."""
        if isinstance(self.engagement, Missing):
            return pd.DataFrame(columns=KEYS)
        return self.engagement.rows.reset_index(drop=True)

    @property
    def statements(self) -> pd.DataFrame:
        """`Knowledge.rows`; none where nobody brought any."""
        if isinstance(self.knowledge, Missing):
            return pd.DataFrame(columns=KEYS)
        return self.knowledge.rows.reset_index(drop=True)

    @property
    def readiness(self) -> pd.DataFrame:
        """`Knowledge.readiness`; no rows where nobody brought any."""
        if isinstance(self.knowledge, Missing):
            return pd.DataFrame(columns=[*KEYS, "item"])
        return self.knowledge.readiness

    def beside(self, measured: CandidateMeasures) -> CandidateMeasures:
        """Put the counts and the ratings beside the statistics of candidates."""
        table = measured.table
        if not isinstance(self.engagement, Missing):
            table = joined(table, self.engagement.counts, KEYS)
        if not isinstance(self.knowledge, Missing):
            table = joined(table, self.knowledge.ratings, KEYS)
        return replace(measured, table=table)


def count_engagement(
    rows: pd.DataFrame, regions: Sequence[str], candidates: Sequence[Candidate]
) -> Engagement:
    """Count who engages employers.

    Parameters
    ----------
    rows : DataFrame
        As `Engagement.rows`.
    regions : sequence of str
        Keys.

    Notes
    -----
    An organisation counts once, however many efforts it makes and however its name is capitalised.
    The rows are what is known: a candidate that they do not name has no organisation. Who works
    with the employers of a part works with those of its whole, too.
    """
    for_all = _of_wholes_too(rows, candidates)
    named = for_all.assign(organisation=folded(for_all["organisation"].astype("str")))
    counts = named.groupby(KEYS)[["organisation", "system"]].nunique()
    counts.columns = pd.Index(["engagement_organisations", "engagement_systems"])
    grid = _grid(regions, candidates)
    return Engagement(counts.reindex(grid, fill_value=0).astype("int64").reset_index(), rows)


def average_knowledge(
    rows: pd.DataFrame, regions: Sequence[str], candidates: Sequence[Candidate]
) -> Knowledge:
    """Average what is said of candidates.

    Parameters
    ----------
    rows : DataFrame
        As `Knowledge.rows`; a row without a rating counts in no mean.
    regions : sequence of str
        Keys.

    Notes
    -----
    ``local_rating`` is the mean over voices of each voice's mean rating of a candidate in a region,
    general statements and readiness items alike, so that nobody counts for more by saying more.
    ``readiness_rating`` is the mean over the items
    of each item's mean, so that an item that many spoke of counts no more than another. What is
    said of a part is said of its whole, too.
    """
    rated = _with_voices(_of_wholes_too(rows[rows["rating"].notna()], candidates))
    grid = _grid(regions, candidates)
    voices = rated.groupby([*KEYS, "voice"], as_index=False)["rating"].mean()
    said = voices.groupby(KEYS)["rating"].agg(["mean", "min", "max", "size"]).reindex(grid)
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
    return Knowledge(ratings.reset_index(), items, rows)


def folded(texts: pd.Series) -> pd.Series:
    """Return texts as they are compared: without capitals or surplus blanks."""
    return texts.str.split().str.join(" ").str.casefold()


def by_region(rows: pd.DataFrame, state: StateConfig, wanted: Sequence[Region]) -> pd.DataFrame:
    """Repeat each row for every region wanted that it counts in.

    A row without a region counts in every one; one of a region counts there, and in combined
    regions that hold it.
    """
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


def listed_by(efforts: pd.DataFrame, candidates: Sequence[Candidate]) -> dict[str, list[str]]:
    """Return the organizations that work with each candidate's employers, each once."""
    found: dict[str, dict[str, str]] = {}
    for row in records(_of_wholes_too(efforts, candidates)):
        name = str(row["organisation"])
        found.setdefault(str(row["candidate"]), {}).setdefault(name.casefold(), name)
    return {candidate: list(names.values()) for candidate, names in found.items()}


def rated_by(readiness: pd.DataFrame) -> dict[tuple[str, str], float]:
    """Return the readiness ratings that there are, by candidate and item."""
    known = readiness[readiness["rating"].notna()] if "rating" in readiness else readiness[:0]
    return {
        (str(row["candidate"]), str(row["item"])): float(row["rating"]) for row in records(known)
    }


def _with_voices(rows: pd.DataFrame) -> pd.DataFrame:
    """Give each row without a voice one of its own."""
    alone = pd.Series([f"row {at}" for at in range(len(rows))], index=rows.index, dtype="object")
    if "voice" not in rows:
        return rows.assign(voice=alone)
    given = rows["voice"].astype("object")
    return rows.assign(voice=given.where(given.notna() & given.ne(""), alone))


def _of_wholes_too(rows: pd.DataFrame, candidates: Sequence[Candidate]) -> pd.DataFrame:
    """Repeat the rows of parts for their wholes."""
    of = rows["candidate"].map(wholes(candidates))
    held = of.notna()
    return pd.concat([rows, rows[held].assign(candidate=of[held])], ignore_index=True)


def _grid(regions: Sequence[str], candidates: Sequence[Candidate]) -> pd.MultiIndex:
    return pd.MultiIndex.from_product([list(regions), [c.key for c in candidates]], names=KEYS)


def _readiness(spread: pd.DataFrame, grid: pd.MultiIndex) -> pd.DataFrame:
    every = [(*place, item) for place in grid for item in READINESS]
    index = pd.MultiIndex.from_tuples(every, names=[*KEYS, "item"])
    voices = spread.groupby([*KEYS, "item", "voice"], as_index=False)["rating"].mean()
    said = voices.groupby([*KEYS, "item"])["rating"].agg(["mean", "size"]).reindex(index)
    return pd.DataFrame(
        {"rating": said["mean"].astype("float64"), "n": said["size"].fillna(0).astype("int64")},
        index=index,
    ).reset_index()
