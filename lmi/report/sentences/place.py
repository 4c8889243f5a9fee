"""Sentences on the region as a whole: its size, counties, jobs over time, what is withheld."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pandas as pd

from lmi import words
from lmi.assessment.basis import pandemic_note
from lmi.assessment.region import Assessment
from lmi.report.figures.trend import missing_years
from lmi.words import Row
from lmi.words.how_sure import JOBS

__all__ = [
    "against",
    "change",
    "counties_sentence",
    "estimated_jobs",
    "estimated_share",
    "growth_of",
    "quality_sentence",
    "trend_sentence",
]


NAMED = 3


def change(percent: float) -> str:
    """Say how a number of jobs moved.

    Examples
    --------
    >>> change(4.31), change(-2.0), change(0.01)
    ('grew by 4.3%', 'fell by 2.0%', 'stayed the same')
    """
    if abs(percent) < 0.05:
        return "stayed the same"
    return f"{'grew' if percent > 0 else 'fell'} by {words.pct(abs(percent))}"


def growth_of(found: Assessment, jobs: pd.DataFrame, place: str) -> float:
    """Give the change in all jobs of a reference area over the years of an assessment.

    Parameters
    ----------
    jobs : DataFrame
        By year, `place` and `key`, as a profile's `trend` has them.
    place : {"state", "nation"}

    Returns
    -------
    float, percent
        NaN where either year is not known.
    """
    rows = jobs[(jobs["place"] == place) & (jobs["key"] == "total")]
    by_year = rows.set_index("year")["annual_avg_emplvl"]
    first, last = (by_year.get(year) for year in (found.base_year, found.year))
    return 100 * (last / first - 1) if first and last else float("nan")


def against(percent: float, others: Mapping[str, float]) -> str:
    """Say how a change compares with those of other places; those that are not known are left out.

    Parameters
    ----------
    percent : float, percent
        Of the number of jobs here.
    others : mapping of str to float, percent
        By name of the place.

    Examples
    --------
    >>> against(1.7, {"Colorado": 2.3, "the nation": 2.1})
    ', slower than in Colorado (+2.3%) and the nation (+2.1%)'
    >>> against(2.3, {"Colorado": 2.33, "the nation": -0.5})
    ', at the same pace as in Colorado (+2.3%), while it fell by 0.5% in the nation'
    """
    found: dict[str, list[str]] = {}
    for name, other in others.items():
        if words.is_known(other):
            found.setdefault(_pace(percent, other), []).append(name)
    other_way = found.pop("", [])
    written = {name: f"{name} ({words.signed_pct(other)})" for name, other in others.items()}
    alike = [
        f"{pace} in {words.listing(written[name] for name in names)}"
        for pace, names in found.items()
    ]
    said = [words.listing(alike), *(f"while it {change(others[n])} in {n}" for n in other_way)]
    return "".join(f", {text}" for text in said if text)


def _pace(here: float, there: float) -> str:
    """Compare two changes as they are written; empty where they go different ways."""
    here, there = round(here, 1), round(there, 1)
    if here == there:
        return "at the same pace as" if here else "as"
    if here > 0 and there > 0:
        return "faster than" if here > there else "slower than"
    if here < 0 and there < 0:
        return "less than" if here > there else "more than"
    return ""


def counties_sentence(found: Assessment, names: Sequence[str]) -> str:
    """Say which counties make up the region.

    Parameters
    ----------
    names : sequence of str
        Names of the counties; empty where they are not known.
    """
    # A region may list a county under its former code too; the map has each once.
    n = len(set(names)) or len(found.region.counties)
    if n == 1 and found.name in {name.removesuffix(" County") for name in names}:
        return f"{found.name} is a single county."
    size = words.numbered(n, "county")
    made = f"{size[:1].upper()}{size[1:]} {'makes' if n == 1 else 'make'} up {found.name}"
    return f"{made}: {words.listing(sorted(set(names)))}." if names else f"{made}."


def trend_sentence(found: Assessment, lines: pd.DataFrame) -> str:
    """Say how jobs moved over the years against the state and the nation.

    Parameters
    ----------
    lines : DataFrame, index year
        Jobs as an index, one column a place, 100 in the first year.
    """
    first, last = int(lines.index[0]), int(lines.index[-1])
    moved = lines.ffill().iloc[-1] - 100
    names = {"state": found.state_name, "nation": "the nation"}
    beside = {name: float(moved[place]) for place, name in names.items() if place in moved}
    here = float(moved["region"])
    text = f"From {first} to {last} the number of jobs {change(here)}{against(here, beside)}."
    missing = missing_years(lines["region"])
    if missing:
        text += f" There is no data of {words.years_listed(missing)}, so the line is broken there."
    ends = pandemic_note([first], last)
    return f"{text} {ends}" if ends else text


def quality_sentence(found: Assessment, total: Row) -> str:
    """Say how much is withheld, of what, and how much of the candidates' jobs is estimated."""
    withheld = total["withheld_cells_share"]
    first = (
        f"Of the numbers of private employers by county and industry, from sectors down to six "
        f"digits, {words.share(withheld)} are withheld to protect single employers."
        if words.is_known(withheld)
        else "How many of the detailed numbers are withheld is missing."
    )
    return (
        f"{first}{estimated_jobs(found)} Each estimate has a range that holds the true number "
        "about nine times in ten; where the range is too wide for a number, the range is given "
        "instead. A withheld number is never counted as zero."
    )


def estimated_share(known: pd.DataFrame) -> float | None:
    """Give the share of the jobs of some candidates that is estimated; None where there are none.

    Parameters
    ----------
    known : DataFrame
        Those whose jobs have a number, with what of it is published.
    """
    jobs = float(known[JOBS].sum())
    if not jobs:
        return None
    return (jobs - float(known[[JOBS, f"{JOBS}_published"]].min(axis=1).sum())) / jobs


def estimated_jobs(found: Assessment) -> str:
    """Say what share of the candidates' jobs had to be estimated, and of which the most."""
    known = found.counted.dropna(subset=[JOBS, f"{JOBS}_published"])
    if known.empty:
        return " How many of the candidate sectors' jobs had to be estimated is missing."
    share = estimated_share(known)
    told = "" if len(known) == len(found.present) else " that have a number"
    if not share:
        of = f"jobs in the candidate sectors{told}" if told else "candidate sectors' jobs"
        return f" None of the {of} had to be estimated."
    most = words.share(known["emplvl_estimated_share"].max())
    is_most = known["emplvl_estimated_share"].map(words.share) == most
    named = words.listing(known.loc[is_most, "candidate_name"], limit=NAMED)
    return (
        f" Of the jobs in the candidate sectors{told}, {words.share(share)} had to be estimated, "
        f"the most in {named} ({most})."
    )
