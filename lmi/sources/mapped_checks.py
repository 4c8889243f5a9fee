"""What a state's own projections must be by themselves: rates that are rates, parts within wholes.

A mapping names columns and cannot see what is in them: a column of jobs read as growth in percent,
growth over ten years as growth a year, thousands, or an index in place of jobs.
"""

from __future__ import annotations

import polars as pl

from lmi.errors import DataFileError
from lmi.sources.archive import Member
from lmi.sources.projected_wholes import beyond_wholes, grown_many_fold

__all__ = ["SHORT", "held_together", "percent", "what_rates_are"]

FEW, SEVERAL = 5, 8  # rates, of which nothing is concluded, and of which more is
LEAST, LEAST_A_YEAR = 1.0, 0.1  # percent, below which all of them are only in shares
# Half of all industries do not change by three quarters in thirty years, nor by two fifths in ten.
MOST, MOST_A_YEAR = 75, 3.5
# Within three years growth a year and growth over the whole time are much alike, after a slump too.
SHORT, LEAST_SHORT = 3, 0.3
# Rates of 0.5 to 1.5 percent are what most places have in a year; factors of a year are near 1.
AROUND, AROUND_A_YEAR = 0.5, 0.1
_INDEX = 100


def percent(said: pl.Expr) -> pl.Expr:
    """Return numbers of percent as people write them: ``8%``, ``(5.1)``, ``5,1``, a long minus."""
    plain = (
        said.str.replace_all(r"[\s%]", "")
        .str.replace(r"^\((.*)\)$", "-${1}")
        .str.replace(r"^[\x{2012}\x{2013}\x{2212}]", "-")
        .str.replace(r"^([-+]?\d+),(\d{1,2})$", "${1}.${2}")
        .str.replace_all(",", "")
    )
    return plain.cast(pl.Float64, strict=False)


def what_rates_are(rates: pl.Series, *, a_year: bool, is_short: bool = False) -> tuple[str, str]:
    """Say what rates can only be, and what helps, where they are none in percent; else nothing.

    Parameters
    ----------
    a_year : bool
        Whether they are of a year, and not over the whole time.
    is_short : bool
        Whether that time is a few years.

    Examples
    --------
    >>> what_rates_are(pl.Series([5.0, -10, 3, 2.2, 12]), a_year=False)
    ('', '')
    >>> what_rates_are(pl.Series([0.05, -0.1, 0.03, 0.022, 0.12]), a_year=False)
    ('as only shares are', 'multiply it by 100')
    """
    given = rates.drop_nulls()
    if given.len() < FEW:
        return "", ""
    largest, middle = given.abs().max(), given.abs().median()
    assert isinstance(largest, float) and isinstance(middle, float)
    if largest < (LEAST_A_YEAR if a_year else LEAST_SHORT if is_short else LEAST):
        return "as only shares are", "multiply it by 100"
    around = AROUND_A_YEAR if a_year or is_short else AROUND
    is_near = given.is_between(1 - around, 1 + around).all()
    if given.len() >= SEVERAL and is_near and not given.eq(1).all():
        return "as only factors are, of which 1 is no change", "take 1 away and multiply it by 100"
    if a_year and not is_short and middle > MOST_A_YEAR:
        return "as only growth over the whole time is", "map it as growth"
    if middle > MOST:
        return "as only jobs or changes in jobs are", "map a column of percent, or the jobs as jobs"
    return "", ""


def held_together(rows: pl.DataFrame, member: Member, said: list[str]) -> pl.DataFrame:
    """Hold the jobs of a file to its own totals, and take an index for growth alone.

    Raises
    ------
    DataFileError
        An industry has more jobs than all of its place, or a region more than its state.
    """
    bases = rows.filter(pl.col("counts") != "growth")["base_emplvl"].drop_nulls()
    if bases.len() >= FEW and bases.eq(_INDEX).all():
        said.append(f"each of its bases is {_INDEX}, as of an index: its growth alone is used")
        return rows.with_columns(counts=pl.lit("growth"))
    jobs = rows.filter(pl.col("counts") != "growth")
    states = jobs["place"].unique()
    states = states.filter(states.str.contains(r"^\d\d000$"))
    state = pl.lit(states[0] if states.len() == 1 else None, pl.String)
    for told in beyond_wholes(jobs, "place", state):
        raise DataFileError(
            f"{told}; mend the file, or what the mapping says of it", file=member.label
        )
    said.extend(grown_many_fold(jobs, "place"))
    return rows
