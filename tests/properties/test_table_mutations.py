"""A table that was spoilt on its way is refused, remarked or the same; what is not is listed here.

Of some two hundred ways to spoil each of the layouts beside QCEW's own (`tests.table_mutations`)
a part is tried, another for each layout. What nothing in the file tells is held to a store that has
the very same numbers, and the jobs of QCEW.
"""

from __future__ import annotations

import gzip
import re
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from random import Random

import pytest

from lmi.store.catalogue import Catalogue
from lmi.store.held_numbers import HeldNumbers
from lmi.store.ingest import ingest
from tests.at_the_door import Frames, at_the_door
from tests.table_mutations import Mutation, Sheet, kinds
from tests.table_subjects import SUBJECTS, beside

pytestmark = pytest.mark.slow  # together, twenty seconds

# Of 4,700; all of them take six minutes.
TRIED, OF_REAL = 0.1, 0.04
EXCERPT = "who takes some rows of a table has such a file, and what is absent is unknown"
NOT_SAID = "nothing else in the file says which place or year it is of"
SMALL = "it is within what a revision changes, or between two rows that are as likely"
OTHERS = "only other areas and the nation tell of a quotient"
FREE = "it is a text of anybody's"
ROW_LOST = "(every second|the first|the last|a) row lost"
PEOPLE = "(labor force|population)"
WITH_YEARS = f"({PEOPLE}, columns by year|population, by title)"
ADDED_UP = "(flows|projections|prices|jobs)"
# What nobody could notice who has the file and the store, as a pattern of its name, and why.
UNNOTICED = {
    r"[^;]*; (totals|parts) lost": "a table has counties alone, or states alone",
    r"[^;]*; cut after a tenth": EXCERPT,
    rf"({WITH_YEARS}|labor force, the agency's); {ROW_LOST}": "the agencies' lack a county too",
    rf"{WITH_YEARS}; cut after half": EXCERPT,
    r"labor force, (by attribute|time series); every second row lost": "it has measures alone",
    rf"{ADDED_UP}[^;]*; ({ROW_LOST}|cut after .*|the (first half|middle) lost)": EXCERPT,
    rf"thresholds; {ROW_LOST}": EXCERPT,
    r"population, a row a year; the middle lost": "it is one year of three",
    rf"{WITH_YEARS}; \w+: (misspelt|dropped)": "a column of a year is absent, or one of nobody's",
    r"[^;]*; half of it three percent more": SMALL,
    r"population, [^;]*; .*: swapped in a row": SMALL,
    r"population, a row a year; (two rows trade their numbers|year: slipped down a row)": SMALL,
    rf"({PEOPLE}|flows|jobs|projections)[^;]*; [^:]*: another state .*": NOT_SAID,
    r"flows, own columns; year: ten years earlier in a row": "few flows of a year may be there",
    r"flows, blocks; [wh]_geocode: another row's in a row": "a block's jobs are in no sum",
    r"flows, blocks; w_geocode and h_geocode: swapped in a row": "the same",
    r"flows, survey; (moe: .*|moe and flow: swapped) in a row": "margins differ as much",
    r"flows, survey; w_state_fips: (another row's|two digits .*) in a row": "some work abroad",
    r"(projections|thresholds)[^;]*; [^:]*: two digits change places in a row": SMALL,
    r"projections, [^;]*; .*: swapped in a row": "an industry may shrink as well as grow",
    r"projections, the nation's; two rows trade their numbers": "industries together have several",
    r"(projections|jobs)[^;]*; [^:]*: (ten years|a year) (later|earlier) throughout": NOT_SAID,
    r"(projections|thresholds)[^;]*; source: .*": FREE,
    r"projections, own columns; an open quote": FREE,
    r"thresholds; area_fips: slipped down a row": SMALL,
    r"prices, [^;]*; [^:]*: a digit lost in a row": "it is the third digit behind the point",
    r"jobs, high-level; Annual Average Establishment Count: a digit lost in a row": SMALL,
    r"jobs, high-level; [^:]* Quotient [^:]*: .*": OTHERS,
}


# And of flows of some hundred people, in real files.
FEW = (
    r"flows, survey; .* in a row",
    r"flows, own columns; (jobs|year): .* in a row",
    r"flows, own columns; two rows trade their numbers",
)


@cache
def sheet_of(subject: str) -> Sheet:
    return SUBJECTS[subject]()


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("mutations")


@pytest.fixture(scope="module")
def empty(folder: Path) -> HeldNumbers:
    return HeldNumbers(folder / "empty", Catalogue())


@pytest.fixture(scope="module")
def held(folder: Path) -> HeldNumbers:
    given = folder / "given"
    given.mkdir()
    for name, text in beside().items():
        (given / name).write_text(text)
    results = ingest([given], folder / "store")
    assert {result.status for result in results} == {"added"}
    return HeldNumbers(folder / "store", Catalogue.load(folder / "store"))


def at(sheet: Sheet, folder: Path, store: HeldNumbers) -> tuple[str, Frames]:
    path = folder / sheet.name
    path.write_bytes(sheet.data())
    return at_the_door(path, store)


SOUND: dict[tuple[str, Path], tuple[str, Frames]] = {}


def soundat(subject: str, folder: Path, store: HeldNumbers) -> tuple[str, Frames]:
    key = (subject, store.root)
    if key not in SOUND:
        SOUND[key] = at(sheet_of(subject), folder, store)
    return SOUND[key]


def same(one: Frames, other: Frames) -> bool:
    return one.keys() == other.keys() and all(one[name].equals(other[name]) for name in one)


def spoilt(sound: Sheet, name: str, mutate: Mutation) -> Sheet | None:
    """Return the spoilt table; None where the kind has nothing to spoil in it."""
    try:
        return mutate(sound.copy(), Random(name))
    except IndexError:
        return None


def is_silent(
    subject: str, name: str, mutate: Mutation, folder: Path, empty: HeldNumbers, held: HeldNumbers
) -> bool:
    sheet = spoilt(sheet_of(subject), name, mutate)
    if sheet is None:
        return False
    for store in (empty, held):
        soundsaid, sound = soundat(subject, folder, store)
        said, found = at(sheet, folder, store)
        if said != soundsaid or same(found, sound):
            assert said or found, "a refusal says why"
            return False
    return True


def tried(subject: str) -> dict[str, Mutation]:
    every = kinds(sheet_of(subject))
    chance = Random(subject)
    return {name: mutate for name, mutate in every.items() if chance.random() < TRIED}


def test_there_are_two_hundred_kinds_of_many_layouts() -> None:
    names = {re.sub(r"^[^:]*: ", "", name) for s in SUBJECTS for name in kinds(sheet_of(s))}
    assert len(names) >= 100
    assert sum(len(kinds(sheet_of(subject))) for subject in SUBJECTS) > 4000
    assert 300 < sum(len(tried(subject)) for subject in SUBJECTS) < 700


@pytest.mark.parametrize("subject", SUBJECTS)
def test_a_soundtable_needs_no_word_of_what_is_odd(
    subject: str, folder: Path, empty: HeldNumbers, held: HeldNumbers
) -> None:
    said, found = at(sheet_of(subject), folder, empty)
    assert found, said
    assert at(sheet_of(subject), folder, held)[0] == said
    assert re.fullmatch(SAID.get(subject, ""), said)


SAID = {
    "flows, blocks": "its flows are added up.*",
    "flows, survey": "its flows are added up.*",
    "projections, workforce database": "3 rows left out .920000.*",
    "projections, the nation's": "1 row left out .920000.*",
    "prices, series": r"78 rows left out \(CUUR0100SA0\).*",
}


@pytest.mark.parametrize("pattern", UNNOTICED)
def test_what_is_listed_as_unnoticed_is_so(
    pattern: str, folder: Path, empty: HeldNumbers, held: HeldNumbers
) -> None:
    """Once a kind is noticed, the list is too long."""
    listed = (
        (subject, name, mutate)
        for subject in SUBJECTS
        for name, mutate in kinds(sheet_of(subject)).items()
        if re.fullmatch(pattern, f"{subject}; {name}")
    )
    assert any(is_silent(*each, folder, empty, held) for each in listed)


@pytest.mark.parametrize("subject", SUBJECTS)
def test_nothing_that_could_be_noticed_comes_in_without_a_word(
    subject: str, folder: Path, empty: HeldNumbers, held: HeldNumbers
) -> None:
    silent = [
        name
        for name, mutate in tried(subject).items()
        if is_silent(subject, name, mutate, folder, empty, held)
    ]
    excused = [
        name for name in silent if any(re.fullmatch(p, f"{subject}; {name}") for p in UNNOTICED)
    ]
    assert silent == excused


def excerpt(
    path: Path, keep: Callable[[dict[str, str]], bool], header: int = 0, **roles: object
) -> Sheet:
    """Return the rows of a real file that are to be kept, with what stands above them."""
    data = path.read_bytes()
    text = (gzip.decompress(data) if path.suffix == ".gz" else data).decode("latin-1")
    sheet = Sheet.read(text.replace("\r\n", "\n"), header, **roles)
    sheet.rows = [row for row in sheet.rows if keep(dict(zip(sheet.names, row, strict=True)))]
    return sheet


def of_real_files(shared: Path) -> Iterator[tuple[str, Sheet]]:
    measures = ("labor_force", "employed", "unemployed", "unemployment_rate")
    yield (
        "labor force, own columns",
        excerpt(
            shared / "labor_force/colorado_2015_2023.csv",
            lambda row: row["year"] in ("2016", "2017"),
            numbers=measures,
            places=("area_fips",),
            years=("year",),
        ),
    )
    yield (
        "population, a row a year",
        excerpt(
            shared / "population/county_populations_2014_2023.csv.gz",
            lambda row: row["state"] == "33" and row["year"] in ("2016", "2017", "2018"),
            numbers=("population",),
            places=("state", "county"),
            years=("year",),
        ),
    )
    ends = ("h_state_fips", "h_county_fips", "w_state_fips", "w_county_fips")
    yield (
        "flows, survey",
        excerpt(
            shared / "commuting/acs_county_flows_2009_2013.csv.gz",
            lambda row: row["h_state_fips"] == "33",
            numbers=("flow", "moe"),
            places=ends,
            name="flows_2009_2013.csv",
        ),
    )
    yield (
        "flows, own columns",
        excerpt(
            shared / "commuting/colorado_county_flows_2015_2021.csv.gz",
            lambda row: row["year"] == "2021",
            numbers=("jobs",),
            places=("w_county_fips", "h_county_fips"),
            years=("year",),
        ),
    )


def test_excerpts_of_real_files_that_were_spoilt_are_noticed_too(
    shared_data: Path, folder: Path, empty: HeldNumbers
) -> None:
    silent = []
    for subject, sheet in of_real_files(shared_data):
        path, root = folder / sheet.name, folder / f"real {subject}"
        path.write_bytes(sheet.data())
        assert [result.status for result in ingest([path], root)] == ["added"]
        stores = (empty, HeldNumbers(root, Catalogue.load(root)))
        right = [at(sheet, folder, store) for store in stores]
        chance = Random(subject)
        for name, mutate in kinds(sheet).items():
            wrong = spoilt(sheet, name, mutate) if chance.random() < OF_REAL else None
            if wrong is None:
                continue
            found = [at(wrong, folder, store) for store in stores]
            if all(
                a[0] == b[0] and not same(a[1], b[1]) for a, b in zip(found, right, strict=True)
            ):
                silent.append(f"{subject}; {name}")
    assert [n for n in silent if not any(re.fullmatch(p, n) for p in (*UNNOTICED, *FEW))] == []
