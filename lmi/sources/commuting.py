"""Who lives and who works where: flows between census blocks, and between counties by survey."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import partial
from itertools import product
from typing import NamedTuple

import polars as pl

from lmi import codes
from lmi.errors import DataFileError
from lmi.schema.others import COMMUTING, COMMUTING_ALL_JOBS, COMMUTING_SURVEY
from lmi.sources.archive import Member
from lmi.sources.laid_out import reader_of
from lmi.sources.layout import ROW, Layout, Texts, number
from lmi.words import listing

__all__ = ["COUNTY_FLOWS"]

# How the agency names its files: state, part, kind of jobs, year.
_BLOCK_FLOWS = re.compile(r"([a-z]{2})_od_(main|aux)_(JT\d\d)_(\d{4})", re.IGNORECASE)
_WHOLE = "its flows are added up, so bring the file whole: parts of it would replace each other"
_BY_AGE = ("sa01", "sa02", "sa03")
_FIVE_YEARS = re.compile(r"(20\d\d)\W?[-_–]\W?(20\d\d)")
_BLOCK_COLUMNS = ("w_geocode", "h_geocode", "s000")
MOST_DIGITS = 9
# Each county has somebody who comes in from another; from another state, nearly each.
MOST_LACKING = {"main": 0.02, "aux": 0.1}
# Of 3,221 counties, those on the borders too, the most that go abroad to work are 3.9 percent.
MOST_ABROAD, LEAST_WORKERS = 0.1, 200


def _blocks(texts: Texts, jobs: str) -> Iterator[pl.DataFrame]:
    """Flows between blocks, whose first five digits are the county's."""
    name = _name(texts.member)
    for end, place in (("w_geocode", "work"), ("h_geocode", "home")):
        why = f"the block of {place} is {{}}; it has 15 digits, so keep codes as text or download "
        texts.refuse(~_is_block(end).fill_null(False), end, f"{why}the file again")
    whole = pl.col("s000").str.contains(rf"^\d{{1,{MOST_DIGITS}}}$").fill_null(False)
    why = "S000 is {}; it must be a whole number, so download the file again"
    texts.refuse(~whole, "s000", why)
    _check_states(texts, name)
    _check_parts(texts)
    again = pl.struct("w_geocode", "h_geocode").is_duplicated()
    why = "a flow to the block {} stands twice, as in a file that was put together twice; keep one"
    texts.refuse(again, "w_geocode", why)
    flows = texts.frame.select(
        ROW,
        *(
            pl.col(f"{end}_geocode").str.zfill(15).str.head(5).alias(f"{end}_county_fips")
            for end in "wh"
        ),
        pl.col("s000").cast(pl.Int64).alias(jobs),
    )
    ends = ["w_county_fips", "h_county_fips"]
    counties = flows.group_by(ends, maintain_order=True).agg(pl.min(ROW), pl.sum(jobs))
    yield counties.with_columns(year=pl.lit(name.year))


def _is_block(name: str) -> pl.Expr:
    # As a number a block of the first nine states lacks its zero.
    return pl.col(name).str.contains(r"^\d{14,15}$")


def _check_states(texts: Texts, name: _Name) -> None:
    """Hold blocks to the state that the name says: a code that was cut is of another."""
    state = name.state_fips
    if state is None:
        return
    for end, place in (("w", "work"), ("h", "home")):
        column = f"{end}_geocode"
        is_here = pl.col(column).str.zfill(15).str.head(2) == state
        if end == "h" and name.part == "aux":
            why = "the block of home is {}, and the part aux has those who live in other states; "
            texts.refuse(is_here, column, f"{why}rename it if it is the part main")
            continue
        why = (
            f"the block of {place} is {{}}, of another state than the file's name says; keep codes "
            "as text, or rename it"
        )
        texts.refuse(~is_here, column, why)


def _check_parts(texts: Texts) -> None:
    """Hold the jobs of all to those by age, where those are there."""
    if set(_BY_AGE).issubset(texts.frame.columns):
        parts = pl.sum_horizontal(pl.col(_BY_AGE).cast(pl.Int64, strict=False), ignore_nulls=False)
        why = "S000 is {}, and SA01, SA02 and SA03 do not add up to it; download the file again"
        texts.refuse((pl.col("s000").cast(pl.Int64) != parts).fill_null(True), "s000", why)


class _Name(NamedTuple):
    """What the name of a file of flows says."""

    state: str
    part: str
    year: str

    @property
    def state_fips(self) -> str | None:
        """The state's code; None where the name is of no state."""
        return next((s for s in codes.STATES if codes.state_postal(s) == self.state.upper()), None)


def _name(member: Member) -> _Name:
    """Read the file's name, since nothing in it says the year; check the kind of jobs."""
    names = (member.name, member.path.name)
    found = next(filter(None, map(_BLOCK_FLOWS.search, names)), None)
    if found is None:
        raise DataFileError(
            "neither the year nor the kind of jobs stands in a file of flows between blocks; give "
            "it the agency's name, such as co_od_main_JT01_2021.csv.gz",
            file=member.label,
        )
    state, part, kind, year = found.groups()
    if kind.upper() not in ("JT00", "JT01"):
        raise DataFileError(
            f"it counts a part of the jobs ({kind.upper()}); take main jobs (JT01) or all jobs "
            "(JT00)",
            file=member.label,
        )
    return _Name(state, part.lower(), year)


def _of_counties(flows: pl.DataFrame, member: Member, said: list[str]) -> pl.DataFrame:
    """Add the flows of all blocks of a file up, and tell half a file by the counties it lacks."""
    name = _name(member)
    if name.state_fips is not None:
        counties = codes.counties_of(name.state_fips, int(name.year))
        lacking = counties.keys() - {*flows["w_county_fips"]}
        if len(lacking) > max(1, MOST_LACKING[name.part] * len(counties)):
            named = listing([f"{county} {name.year}" for county in sorted(lacking)], 3)
            said.append(
                f"cut off or filtered: it has nobody who works in {len(lacking):,} of the "
                f"{len(counties):,} counties of {codes.state_name(name.state_fips)} ({named})"
            )
    keys = list(COMMUTING.key)
    return flows.group_by(keys, maintain_order=True).agg(pl.all().sum()).select(flows.columns)


def _survey(texts: Texts) -> Iterator[pl.DataFrame]:
    """Flows of a survey: states of work in three digits, places abroad, margins of error."""
    why = "a code of a state or county is {}; it has three digits at most, so keep codes as text "
    for name in ("h_state_fips", "h_county_fips", "w_state_fips"):
        bad = ~pl.col(name).str.contains(r"^\d{1,3}$")
        texts.refuse(bad.fill_null(False), name, f"{why}or download the file again")
    swapped = "with the three digits of a state of work; see whether home and work are swapped"
    of_home = pl.col("h_state_fips").str
    # Where both ends are written in three digits nothing shows that they are swapped.
    both = pl.col("w_state_fips").str.contains(r"^\d{3}$").any() & of_home.starts_with("0")
    home = of_home.zfill(3).str.tail(2) + pl.col("h_county_fips").str.zfill(3)
    texts.refuse(
        of_home.contains(r"^\d{3}$") & ~both.fill_null(False),
        "h_state_fips",
        f"the state of home is {{}}, {swapped}",
    )
    at = pl.col("w_state_fips").str.zfill(3)
    work = at.str.tail(2) + pl.col("w_county_fips").str.zfill(3)
    # Foreign places have numbers that no state has, and no counties; of some both are blank.
    abroad = at.is_null() | ~at.str.contains(r"^0\d\d$")
    texts.refuse(
        ~abroad & pl.col("w_county_fips").is_null(),
        "w_county_fips",
        "the county of work is {} and the state of work is none abroad; download the file again",
    )
    texts.refuse(
        at.is_null() & pl.col("w_county_fips").is_not_null(),
        "w_state_fips",
        "the state of work is {} and the county of work is none abroad; download the file again",
    )
    yield texts.frame.select(
        ROW,
        pl.when(abroad).then(pl.lit(codes.ABROAD)).otherwise(work).alias("w_county_fips"),
        home.alias("h_county_fips"),
        number("flow").alias("workers"),
        number("moe").alias("margin_of_error"),
        year=pl.lit(_last_year(texts)),
    )


def _last_year(texts: Texts) -> str:
    """Tell the survey's last year by its notes, or by the file's name."""
    said = (*texts.notes, texts.member.name, texts.member.path.name)
    for first, last in (found.groups() for found in map(_FIVE_YEARS.search, said) if found):
        if int(last) - int(first) == 4:
            return str(last)
    raise DataFileError(
        "neither its titles nor its name say which five years the survey is of; put them into its "
        "name, such as flows_2016_2020.csv",
        file=texts.member.label,
    )


def _abroad_together(flows: pl.DataFrame, member: Member, said: list[str]) -> pl.DataFrame:
    """Make one flow of a county's to all places abroad; margins add up as independent errors do."""
    keys = list(COMMUTING_SURVEY.key)
    is_abroad = pl.col("w_county_fips") == codes.ABROAD
    abroad = flows.filter(is_abroad).group_by(keys, maintain_order=True)
    margin = pl.col("margin_of_error").pow(2).sum().sqrt().round().cast(pl.Int64)
    summed = abroad.agg(pl.sum("workers"), margin).select(flows.columns)
    _check_abroad(flows, summed, member)
    return pl.concat([flows.filter(~is_abroad), summed])


def _check_abroad(flows: pl.DataFrame, abroad: pl.DataFrame, member: Member) -> None:
    """Refuse a county of which many work abroad: where a state of work was lost, it seems so."""
    of_all = flows.group_by("h_county_fips").agg(pl.sum("workers").alias("all"))
    many = (pl.col("workers") > MOST_ABROAD * pl.col("all")) & (pl.col("all") > LEAST_WORKERS)
    found = abroad.join(of_all, on="h_county_fips").filter(many)
    is_at_home = pl.col("h_county_fips") == pl.col("w_county_fips")
    of_whole = flows.filter(is_at_home)["h_county_fips"]
    if found.height and not of_whole.is_empty():
        county, workers, every = found.select("h_county_fips", "workers", "all").row(0)
        raise DataFileError(
            f"{workers:,} of {every:,} workers of {county} have no state of work here, or one "
            f"abroad, and nowhere do more than {MOST_ABROAD:.0%} work abroad; download the file "
            "again",
            file=member.label,
        )


def _survey_names(first: str, second: str) -> dict[str, str]:
    """Return what the columns of a survey go by; of two of one title, which is of which end."""
    ends = {
        "h": ("h", "home", "residence", "res"),
        "w": ("w", "work", "workplace", "wrk", "place_of_work"),
    }
    found = {
        "workers_in_commuting_flow": "flow",
        "number_of_workers": "flow",
        "workers": "flow",
        "number": "flow",
        "margin_of_error": "moe",
    }
    for part, told in product(("state", "county"), ("fips", "code", "fips_code")):
        name = f"{part}_{told}"
        found |= {name: f"{first}_{part}_fips", f"{name}_2": f"{second}_{part}_fips"}
        for end, words in ends.items():
            for word in words:
                ways = (f"{name}_{word}", f"{word}_{name}", f"{part}_{word}_{told}")
                found |= dict.fromkeys(ways, f"{end}_{part}_fips")
    return found


def _survey_layout(first: str, second: str, shows: str = "") -> Layout:
    return Layout(
        COMMUTING_SURVEY,
        ("h_state_fips", "h_county_fips", "w_state_fips", "w_county_fips", "flow", "moe"),
        _survey,
        together=_abroad_together,
        said=_WHOLE,
        spelling=_survey_names(first, second),
        shows=shows,
    )


# Where titles stand twice, the words above them tell which is of which end.
_WORK_FIRST = r"(?im)^\W*(place of work|workplace)\b[^\n]*\bresidence\b[^\n]*\n\W*state"
COUNTY_FLOWS = reader_of(
    "commuting",
    *(
        Layout(
            table,
            _BLOCK_COLUMNS,
            partial(_blocks, jobs=j),
            also=_BY_AGE,
            together=_of_counties,
            named=kind,
            said=_WHOLE,
        )
        for table, j, kind in (
            (COMMUTING_ALL_JOBS, "all_jobs", "_JT00_"),
            (COMMUTING, "jobs", r"^(?!.*_JT00_)"),
        )
    ),
    _survey_layout("w", "h", _WORK_FIRST),
    _survey_layout("h", "w"),
)
