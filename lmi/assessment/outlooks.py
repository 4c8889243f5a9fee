"""What is expected of a candidate, in words: jobs to come, from whom, and who says otherwise."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from lmi import words
from lmi.analysis.base_year import PANDEMIC, RECESSIONS
from lmi.schema.outlooks import OUTLOOKS
from lmi.words import Row, holds
from lmi.words.how_sure import has_range
from lmi.words.intervals import rough, rough_signed, span

__all__ = [
    "AT_ODDS", "Expectation", "at_odds", "expectation", "expected_of", "is_open", "jobs_cell",
    "jobs_to_come", "others", "recession_note",
]  # fmt: skip

JOBS, RATE = "projected_emplvl_chg", "projected_emplvl_cagr"
AT_ODDS = "\N{NOT EQUAL TO}"
"""Marks that another source disagrees."""
EN_DASH = "\N{EN DASH}"


@dataclass(frozen=True)
class Expectation:
    """What one source expects of a candidate.

    Parameters
    ----------
    kind : str
        One of `OUTLOOKS`.
    rate : float, percent a year
    span : str
        Its 90 % interval; empty where it has none.
    disagrees : bool
        Whether it says other than the source that counts.
    """

    kind: str
    rate: float
    span: str
    horizon: str
    disagrees: bool

    @property
    def whose(self) -> str:
        """Where it is from, in a few words."""
        return OUTLOOKS[self.kind]

    @property
    def a_year(self) -> str:
        """The rate as written, with its horizon."""
        return f"{words.signed_pct(self.rate)} a year, {self.horizon}"


def expectation(row: Row, kind: str) -> Expectation | None:
    """Return what a kind of source expects of a candidate; None where it says nothing."""
    name = f"{RATE}_by_{kind}"
    rate = row.get(name)
    if not words.is_known(rate):
        return None
    return Expectation(
        kind,
        float(rate),  # type: ignore[arg-type]
        span(row, name, words.signed_pct),
        str(row[f"projection_horizon_by_{kind}"]).replace("-", EN_DASH),
        holds(row, f"projection_disagrees_by_{kind}"),
    )


def others(row: Row) -> list[Expectation]:
    """Return what the sources that do not count expect, the best first."""
    beside = (expectation(row, kind) for kind in OUTLOOKS if kind != row.get("projection_kind"))
    return [each for each in beside if each is not None]


def _until(row: Row) -> str:
    return str(row.get("projection_horizon")).rpartition("-")[2]


def is_open(row: Row) -> bool:
    """Whether a candidate may gain jobs as well as lose them."""
    return has_range(row, JOBS) and float(row[f"{JOBS}_lo"]) < 0 < float(row[f"{JOBS}_hi"])


def jobs_to_come(row: Row) -> str:
    """Say how many jobs a candidate may gain or lose, as the second half of a sentence.

    Returns
    -------
    str
        Empty where nothing is expected of it.

    Examples
    --------
    >>> row = {"projection_horizon": "2024-2034", "projected_emplvl_chg": 600,
    ...        "projected_emplvl_chg_lo": 300, "projected_emplvl_chg_hi": 900}
    >>> jobs_to_come(row)
    'is expected to add 300 to 900 jobs by 2034'
    >>> jobs_to_come(row | {"projected_emplvl_chg_lo": -120})
    'may lose up to 120 jobs or gain up to 900 by 2034'
    """
    if not words.is_known(row.get(JOBS)):
        return ""
    low, high = (round(float(row.get(f"{JOBS}{end}", row[JOBS]))) for end in ("_lo", "_hi"))
    by = f"by {_until(row)}"
    if low < 0 < high:
        return f"may lose up to {rough(-low)} jobs or gain up to {rough(high)} {by}"
    if low == high == 0:
        return f"is expected to keep its jobs {by}"
    verb, ends = ("add", (low, high)) if high > 0 else ("lose", (-high, -low))
    least, most = map(rough, ends)
    many = f"up to {most}" if ends[0] == 0 else most if least == most else f"{least} to {most}"
    return f"is expected to {verb} {many} {'job' if ends[1] == 1 else 'jobs'} {by}"


def jobs_cell(row: Row) -> str:
    """Write the jobs to come as a table shows them.

    Examples
    --------
    >>> jobs_cell({"projection_horizon": "2024-2034", "projected_emplvl_chg": 600,
    ...            "projected_emplvl_chg_lo": -300, "projected_emplvl_chg_hi": 900})
    '−300 to +900 by 2034'
    """
    if not words.is_known(row.get(JOBS)):
        return words.MISSING
    known = has_range(row, JOBS)
    return f"{span(row, JOBS, rough_signed) if known else rough_signed(row[JOBS])} by {_until(row)}"


def expected_of(row: Row) -> str:
    """Say how many jobs a candidate may gain or lose, and from whom that is.

    Returns
    -------
    str
        The second half of a sentence; empty where nothing is expected of it.
    """
    counts, said = expectation(row, str(row.get("projection_kind"))), jobs_to_come(row)
    part = "; of a part of its industries" if row.get("projection_lacks") else ""
    return f"{said}, from {counts.whose} ({counts.a_year}{part})" if counts and said else said


def at_odds(row: Row) -> str:
    """Name the sources that disagree with the one that counts, with what they say; empty if none.

    Returns
    -------
    str
        "the trend −0.8% a year, 2023–2033".
    """
    return words.listing([f"{each.whose} {each.a_year}" for each in others(row) if each.disagrees])


def recession_note(rows: Sequence[Row], base_year: int | None, year: int) -> str:
    """Say which expectations rest on a year that a recession had cut; empty where none does.

    Parameters
    ----------
    base_year : int or None
        That the trend begins in.
    year : int
        Of the jobs.
    """
    starts: dict[int, set[str]] = {}
    for row in rows:
        for kind in OUTLOOKS:
            if each := expectation(row, kind):
                first = base_year if kind == "trend" else int(each.horizon[:4])
                if first in RECESSIONS:
                    starts.setdefault(first, set()).add(each.whose)
    said = []
    if rows and year in RECESSIONS:
        less = ", and ranges from there held less often" if year in PANDEMIC else ""
        said.append(
            f"The jobs are those of {year}, when {_cut_by(year)} had cut them: what comes is in "
            f"part recovery{less}."
        )
    for first, whose in sorted(starts.items()):
        named = words.listing([name for name in OUTLOOKS.values() if name in whose])
        verb = "begin" if len(whose) > 1 or named.endswith("s") else "begins"
        said.append(
            f"{named[:1].upper()}{named[1:]} {verb} in {first}, when {_cut_by(first)} had cut "
            "jobs: growth since then is in part recovery."
        )
    return " ".join(said)


def _cut_by(year: int) -> str:
    return "the pandemic" if year in PANDEMIC else "a recession"
