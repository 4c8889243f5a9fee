"""Which sums of a year's cells are not published, since they would tell of one or two employers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple

import numpy as np
import pandas as pd
from scipy import sparse

from lmi import codes
from lmi.analysis.asked_rows import INDUSTRY, PUBLIC, UNCOVERED, numbered
from lmi.analysis.counties import COUNTY
from lmi.analysis.measured import CONFIDENTIAL
from lmi.analysis.places import NATION, REGION, STATE, members_of
from lmi.analysis.sums import PLACE, WIDTH, Sums
from lmi.analysis.tried import OF, Grounds, MadeOf, withheld_of_tried
from lmi.analysis.year_cells import YearCells
from lmi.codes import ALL_OWNERS, GOVERNMENT, PRIVATE
from lmi.config import Candidate, StateConfig
from lmi.measures.arithmetic import FloatArray
from lmi.measures.lookup import positions
from lmi.suppression.disclosure import PUBLISHED, Numbers, withhold

__all__ = ["Published", "Confidential", "confidential_sums", "flagged", "numbers_of"]

# What each face asks comes first: of regions all jobs and candidates, then their public employers
# and what no candidate holds, then the same by county. What a profile alone has comes after, so
# that it takes nothing from what is told elsewhere, and whoever asks is told the same.
TIER = {"": 0, PUBLIC: 1, UNCOVERED: 1, ALL_OWNERS: 4, PRIVATE: 4, GOVERNMENT: 4}
OF_COUNTY = 2
LATER = 1 + max(TIER.values())  # what else is asked is decided on after all that is published
CHANGED = "*"
# So much more is a candidate worth than a sector, and a state's number than a region's.
CANDIDATE, STATEWIDE, TOGETHER, COUNTYWIDE = 1000.0, 20.0, 1.5, 0.1
# A range in the place of a number is at least so much of the jobs that are withheld of it: of
# one or two employers, and of more from which these follow by subtraction.
ALONE, BESIDE = 0.5, 0.1


class Published(NamedTuple):
    """Regions and candidates as they are saved, whose numbers are published already."""

    state: StateConfig
    candidates: Sequence[Candidate]


class Confidential(NamedTuple):
    """The sums of a year that must not be told, by place and region.

    Attributes
    ----------
    totals, candidates, industries, public, uncovered : DataFrame
        ``place``, ``region``, and what a sum is of: nothing more, ``candidate``, ``own_code`` and
        ``industry_code``, or ``candidate`` as `lmi.analysis.year_sums.Year` has it; `WIDTH` tells
        how wide a range in its place must be.
    counties : DataFrame
        The same by `lmi.analysis.counties.COUNTY`.
    made_of : mapping of str to MadeOf
        Regions that are tried, as others with counties added and left out.
    """

    totals: pd.DataFrame
    candidates: pd.DataFrame
    industries: pd.DataFrame
    public: pd.DataFrame
    uncovered: pd.DataFrame
    counties: pd.DataFrame
    made_of: Mapping[str, MadeOf]


def confidential_sums(
    read: YearCells,
    state: StateConfig,
    candidates: Sequence[Candidate],
    detail: bool,
    now: bool,
    published: Published | None = None,
) -> Confidential:
    """Find the sums of a state's regions, and of the state, that must not be told.

    Parameters
    ----------
    state : StateConfig
        Its regions; where it is for staff, nothing is withheld.
    detail, now : bool
        Look at counties and industries too, and at public employers and what no candidate holds.
        What is withheld of candidates does not depend on it, nor of industries on the others.
    published : Published, optional
        What is published already, these regions and candidates unless told: its numbers stay as
        they are without these. A definition that is changed is decided on beside them; what is
        told of other regions, as of a footprint that is tried, adds nothing to them and to the
        counties that can be told beside them.
    """
    published = published or Published(state, candidates)
    if state.staff:
        found = pd.DataFrame(columns=[*PLACE, "ground", *OF, WIDTH], dtype="str")
        of_counties = found
        made_of: Mapping[str, MadeOf] = {}
    else:
        numbers, keys, grounds = numbers_of(read, state, candidates, detail, now, published)
        parts = read.parts[0]
        # Definitions that are tried are decided on for once. What is published is asked for again
        # and again, and so are all counties, of which every footprint that is tried is made.
        is_tried = tuple(candidates) != tuple(published.candidates)
        hidden, alone = withhold(numbers, parts, None if is_tried else read.estimated.folder)
        width = np.where(alone, ALONE, BESIDE) * parts.untold_jobs(numbers.sets)
        told = keys.assign(**{WIDTH: width})[hidden & keys["is_asked"].to_numpy()]
        is_county = (told["place"] == REGION) & told["ground"].isin(grounds.counties)
        of_counties = told[is_county]
        told = pd.concat([told, withheld_of_tried(grounds, told)], ignore_index=True)
        found = told.merge(grounds.where, on=["place", "ground"], validate="m:m")
        made_of = grounds.made_of([region.key for region in state.regions])
    of_candidate, own = found["candidate"] != "", found["own_code"]
    by_key = [*PLACE, "candidate", WIDTH]
    return Confidential(
        found.loc[(own == "") & ~of_candidate, [*PLACE, WIDTH]],
        found.loc[(own == "") & of_candidate, by_key],
        found.loc[own.isin([ALL_OWNERS, PRIVATE]), [*PLACE, *INDUSTRY, WIDTH]],
        found.loc[own == PUBLIC, by_key],
        found.loc[own == UNCOVERED, by_key],
        of_counties.rename(columns={"ground": "area_fips"})[[*COUNTY, WIDTH]],
        made_of,
    )


def numbers_of(
    read: YearCells,
    state: StateConfig,
    candidates: Sequence[Candidate],
    detail: bool,
    now: bool,
    published: Published | None = None,
) -> tuple[Numbers, pd.DataFrame, Grounds]:
    """Return what is to be published, what each number is of, and of which areas they are.

    The parameters are those of `confidential_sums`.
    """
    published = published or Published(state, candidates)
    grounds = _grounds_of(read, state, published.state, detail)
    numbers, keys = _numbers(read, grounds, candidates, detail, now, published.candidates)
    return numbers, keys, grounds


def flagged(sums: Sums, found: pd.DataFrame) -> Sums:
    """Say of every sum whether it must not be told.

    Parameters
    ----------
    found : DataFrame
        The keys of those that must not, and `WIDTH`.
    """
    by = [name for name in found.columns if name != WIDTH]
    at = positions(sums.table, found, by)
    width = np.append(found[WIDTH].to_numpy(dtype=np.float64), np.nan)[at]
    return replace(sums, table=sums.table.assign(**{CONFIDENTIAL: at >= 0, WIDTH: width}))


def _grounds_of(
    read: YearCells, state: StateConfig, published: StateConfig, detail: bool
) -> Grounds:
    """Tell the grounds of regions that are published from those that are tried.

    The counties are those of all states that a published region is in, so that what is withheld
    of a county is the same whoever asks, with whatever is tried beside it.
    """
    own = tuple(r.model_copy(update={"key": f"{r.key} {PUBLISHED}"}) for r in published.regions)
    both = state.model_copy(update={"regions": (*state.regions, *own)})
    members, _ = members_of(both, read.areas, read.ever, read.year, bare=read.bare)
    home = members[members["place"] != NATION]
    grounds = home.groupby(list(PLACE))["area_fips"].agg(lambda areas: " ".join(sorted(areas)))
    where = grounds.rename("ground").reset_index()
    of_regions = where["place"] == REGION
    known = set(where.loc[of_regions & where["region"].isin(r.key for r in own), "ground"])
    others = set(where.loc[of_regions, "ground"]) - known
    states = {area[:2] for ground in known | others for area in ground.split()}
    counties = sorted(a for a in read.areas if codes.is_county(a) and a[:2] in states)
    counties = counties if detail or others else []
    tried = sorted(others - set(counties))
    return Grounds(where, tuple(sorted(known)), tuple(tried), tuple(counties))


def _numbers(
    read: YearCells,
    grounds: Grounds,
    candidates: Sequence[Candidate],
    detail: bool,
    now: bool,
    saved: Sequence[Candidate],
) -> tuple[Numbers, pd.DataFrame]:
    """Return what is to be published, and what each number is of."""
    _, below = read.parts
    rows = read.rows.of(grounds, candidates, detail, now).assign(is_asked=True)
    rows["definition"] = rows["candidate"]
    of = {candidate.key: candidate.industries for candidate in saved}
    changed = {c.key for c in candidates if of.get(c.key) != c.industries}
    if changed or len(candidates) < len(saved):
        of_changed = rows["candidate"].isin(changed) | (rows["own_code"] == UNCOVERED)
        rows.loc[of_changed, "definition"] += CHANGED
        others = read.rows.of(grounds, saved, False, now).assign(is_asked=False)
        both = [rows, others.assign(definition=others["candidate"])]
        by = ["place", "ground", *INDUSTRY, "definition", "row"]
        rows = pd.concat(both, ignore_index=True).drop_duplicates(by)
    number, keys = numbered(rows, ["place", "ground", *OF, "definition", "is_asked"])
    shape = (len(keys), below.shape[0])
    held = sparse.csr_array((np.ones(len(rows)), (number, rows["row"])), shape=shape)
    sets = ((held @ below) > 0).astype(float).tocsr()
    withheld = np.bincount(number, rows["source"] != PUBLISHED, len(keys))
    matters = np.flatnonzero(sets.sum(axis=1) > 0)  # the others are known, and tell of nothing
    sets, keys, withheld = sets[matters], keys.iloc[matters], withheld[matters]
    keys = keys.reset_index(drop=True)
    is_new = (keys["place"] == REGION) & ~keys["ground"].isin(grounds.published)
    is_asked_by_all = keys["own_code"].map(TIER) < OF_COUNTY
    later = OF_COUNTY * (is_new & is_asked_by_all) + LATER * keys["definition"].str.endswith(
        CHANGED
    )
    numbers = Numbers(
        sets=sets,
        is_known=withheld == 0,
        tier=np.asarray(keys["own_code"].map(TIER) + later, dtype=np.int64),
        worth=_worth(keys, is_new),
    )
    return numbers, keys


def _worth(keys: pd.DataFrame, of_county: pd.Series) -> FloatArray:
    digits = keys["industry_code"].str.len().clip(2, 6).to_numpy()
    is_main = keys["own_code"] == ""  # a candidate, or all jobs
    worth = np.where(is_main, CANDIDATE, 2.0 ** (8 - digits))
    worth = np.where(keys["own_code"] == ALL_OWNERS, TOGETHER * worth, worth)
    worth = np.where(of_county, COUNTYWIDE * worth, worth)
    return np.where(keys["place"] == STATE, STATEWIDE * worth, worth)
