"""A file that was spoilt on its way is refused, remarked or the same; what is not is listed here.

More than two hundred ways to spoil a county's file, by year and by quarter: see `tests.mutations`.
"""

from __future__ import annotations

import re
import zipfile
from functools import cache
from pathlib import Path
from random import Random

import polars as pl
import pytest

from lmi.sample import data_dir
from tests.at_the_door import at_the_door
from tests.mutations import Rows, kinds

pytestmark = pytest.mark.slow  # together, twenty seconds

COUNTY = "99015"
ARCHIVES = {"annual": "2023_annual_by_area.zip", "quarterly": "2023_qtrly_by_area.zip"}
NEEDS_OTHERS = "the row has one quotient of its kind, and only other areas or the nation tell it"
SAME = "the two columns hold the same numbers, but for rounding"
ABSENT = "a file may lack it, and what is absent is unknown, not wrong"
NOT_SAID = "nothing else in a file of one area says which year or area it is of"
# What no program that has the file alone could notice, as a pattern of its name, and why.
UNNOTICED = {
    r"lq_\w+_estabs: (ten times|a tenth) in a row": NEEDS_OTHERS,
    r"lq_(taxable|annual_contr|qtrly_contr)\w+: (ten times|a tenth) in a row": NEEDS_OTHERS,
    r"lq_taxable_\w+ and lq_\w+_contributions: swapped": NEEDS_OTHERS,
    r"lq_annual_avg_wkly_wage and lq_avg_annual_pay: swapped": SAME,
    r"lq_month\d_emplvl and lq_month\d_emplvl: swapped": SAME,
    r"(taxable_\w+_wages|\w+_contributions): (blank in a row|dropped)": ABSENT,
    r"(area_fips: another state|year: \d{4}) throughout": NOT_SAID,
    r"all of a row's N lost, of few places": "a few places may have no jobs, as some do",
}


@cache
def county(frequency: str) -> Rows:
    """A county's file; the annual one without titles, as an open-data slice is.

    The quarterly one ends with the second quarter, as a year under way does: each quarter is
    looked at alike, and reading one costs as much as the first.
    """
    with zipfile.ZipFile(data_dir() / ARCHIVES[frequency]) as archive:
        [name] = [name for name in archive.namelist() if COUNTY in name]
        rows = Rows.read(archive.read(name).decode())
    if frequency == "quarterly":
        return Rows(rows.names, [r for r in rows.rows if r[rows.at("qtr")] in "12"])
    kept = [i for i, name in enumerate(rows.names) if not name.endswith("_title")]
    return Rows([rows.names[i] for i in kept], [[row[i] for i in kept] for row in rows.rows])


def taken_in(rows: Rows, folder: Path) -> tuple[str, pl.DataFrame | None]:
    """Read a file as ingest does; return what is said of it, and its rows if it is not refused."""
    path = folder / rows.name
    path.write_bytes(rows.data())
    said, found = at_the_door(path)
    return said, next(iter(found.values()), None)


@cache
def sound(frequency: str, folder: Path) -> pl.DataFrame:
    said, frame = taken_in(county(frequency).copy(), folder)
    assert said == ""
    assert frame is not None
    return frame


def names(frequency: str) -> list[str]:
    return list(kinds(county(frequency)))


CASES = [pytest.param(f, name, id=f"{f}, {name}") for f in ARCHIVES for name in names(f)]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("mutations")


def test_there_are_more_than_two_hundred_kinds() -> None:
    assert all(len(set(names(frequency))) > 200 for frequency in ARCHIVES)


@pytest.mark.parametrize(("frequency", "name"), CASES)
def test_nothing_that_could_be_noticed_comes_in_without_a_word(
    frequency: str, name: str, folder: Path
) -> None:
    spoilt = kinds(county(frequency))[name](county(frequency).copy(), Random(name))
    said, frame = taken_in(spoilt, folder)
    if said or frame is None:
        assert said, "a refusal says why"
        return
    is_excused = any(re.fullmatch(pattern, name) for pattern in UNNOTICED)
    assert frame.equals(sound(frequency, folder)) or is_excused, name


@pytest.mark.parametrize("pattern", UNNOTICED)
def test_what_is_listed_as_unnoticed_is_so(pattern: str, folder: Path) -> None:
    """Once a kind is noticed, the list is too long."""
    silent = [
        name
        for frequency in ARCHIVES
        for name, mutate in kinds(county(frequency)).items()
        if re.fullmatch(pattern, name)
        and taken_in(mutate(county(frequency).copy(), Random(name)), folder)[0] == ""
    ]
    assert silent
