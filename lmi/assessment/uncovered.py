"""What no candidate of a region holds, in words, and as the candidates that can be made of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pandas as pd

from lmi import words
from lmi.codes import OWNERS
from lmi.naics import TOTAL
from lmi.schema.measures import MEASURES
from lmi.words import Row, records
from lmi.words.how_sure import JOBS, has_range
from lmi.words.intervals import rough, sure

__all__ = ["Beginning", "beginnings", "free_industries", "industry_name", "share_sentence"]

TOGETHER = "The largest industries in no sector"
"""The name of a candidate that is made of all of them."""

PRIVATE = OWNERS["5"]


@dataclass(frozen=True)
class Beginning:
    """A candidate that can be made of what none holds.

    Parameters
    ----------
    name : str
        As it will be called.
    label : str
        With its jobs, as a list shows it.
    """

    name: str
    label: str
    parts: tuple[dict[str, Any], ...]


def free_industries(uncovered: pd.DataFrame) -> list[Row]:
    """Return the largest industries that no candidate holds, the largest first.

    Parameters
    ----------
    uncovered : DataFrame
        Of one region, as `lmi.assessment.region.Assessment.uncovered`.
    """
    return records(uncovered[uncovered["industry_code"] != ""])


def industry_name(row: Row) -> str:
    """Name an industry, and say where it is that of public employers.

    Examples
    --------
    >>> industry_name({"industry_title": "Real estate", "own_codes": "5"})
    'Real estate'
    >>> industry_name({"industry_title": "Public order", "own_codes": "123"})
    'Public order, public employers'
    >>> industry_name({"industry_title": "Total", "industry_code": "10", "own_codes": "123"})
    'all public employers'
    """
    is_private = OWNERS.get(str(row["own_codes"])) == PRIVATE
    if row.get("industry_code") == TOTAL:
        return f"all {'private' if is_private else 'public'} employers"
    return f"{row['industry_title']}{'' if is_private else ', public employers'}"


def share_sentence(uncovered: pd.DataFrame) -> str:
    """Say how many of a region's jobs no candidate holds, and what share of all that is."""
    found = records(uncovered[uncovered["industry_code"] == ""])
    if not found or not words.is_known(found[0]["emplvl_share"]):
        return "What share of all jobs no candidate sector holds is missing."
    (row,) = found
    is_open = has_range(row, JOBS)
    jobs = f"about {rough(row[JOBS])} jobs" if is_open else words.count(row[JOBS], "job")
    share = words.share(row["emplvl_share"])
    return (
        f"{jobs[:1].upper()}{jobs[1:]}, {share} of all jobs here"
        f"{sure(row, 'emplvl_share', words.share) if is_open else ''}, are in no candidate sector."
    )


def beginnings(uncovered: pd.DataFrame) -> list[Beginning]:
    """Return the candidates that can be made of it in one step: each industry, and all of them."""
    rows = free_industries(uncovered)
    found = [
        Beginning(
            industry_name(row),
            f"{industry_name(row)} ({row['industry_code']}): {MEASURES[JOBS].cell(row)} jobs",
            ({"naics": (row["industry_code"],), "own": tuple(str(row["own_codes"]))},),
        )
        for row in rows
    ]
    if len(found) < 2:
        return found
    parts = tuple(part for one in found for part in one.parts)
    many = words.spelled(len(found))
    return [*found, Beginning(TOGETHER, f"All {many} of them together", parts)]
