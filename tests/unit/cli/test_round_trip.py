"""What one store exports another takes in: the same tables, withheld cells and releases."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from lmi.schema import TABLES
from lmi.store import Store
from lmi.store.ingest import ingest
from tests.builders import qcew, take_in, write
from tests.unit.cli.conftest import Lmi

CELLS = """
    08001 0 10 100 2000 90000000
    08001 5 62  20    0        0 N
    08001 5 722  0    0        0 -
    08003 0 10   3    0        0
"""
TEXTS = (
    "area_fips,household,year,annual_wage,source\n"
    '08001,=1+1,2023,40000,us\n08003,\'=1,2023,41000,-\n08005,- two,2023,42000.5,"a, b"\n'
)
# Each other table, as its own columns say it.
OTHERS = {
    "projections": (
        "area_fips,industry_code,own_code,base_year,projected_year,base_emplvl,projected_emplvl,"
        "source\n08001,62,0,2022,2032,2000.5,2200,us\nUS000,10,0,2022,2032,164000000,165000000,-\n"
    ),
    "state_projections": (
        "place,industry_code,own_code,base_year,projected_year,base_emplvl,projected_emplvl,counts,"
        "source\ncolorado/region-1,62,0,2022,2032,2000,2200,jobs,us\n"
        "08000,62,5,2022,2032,100,110.25,growth,'=us\n"
    ),
    "commuting": "w_county_fips,h_county_fips,jobs,year\n08001,08003,9,2021\n08001,56021,1,2021\n",
    "commuting_all_jobs": "w_county_fips,h_county_fips,all_jobs,year\n08001,08003,9,2021\n",
    "commuting_survey": (
        "w_county_fips,h_county_fips,workers,margin_of_error,year\n08001,08003,900,40,2013\n"
        "XX000,08003,5,,2013\n"
    ),
    "population": "area_fips,year,population\n08001,2021,500\n08003,2021,9\nUS000,2021,331893745\n",
    "consumer_prices": "year,cpi_u\n2020,258.811\n2021,270.97\n",
}


def content(store: Store, name: str):
    rows = store.qcew(name) if name in ("annual", "quarterly") else store.table(name)
    said = store.catalogue().set_index("source_id")["vintage"]
    return rows.assign(vintage=rows["source_id"].map(said)).drop(columns="source_id")


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store with rows of three releases, a table with texts and one of few numbers."""
    folder = tmp_path_factory.mktemp("filled")
    root = folder / "store"
    known = "area_fips,year,labor_force,employed,unemployed,unemployment_rate\n"
    take_in(root, write(folder / "new.csv", qcew(CELLS)), vintage="revised")
    take_in(root, write(folder / "next.csv", qcew(CELLS, year=2017)), vintage="preliminary")
    take_in(
        root,
        write(folder / "last.csv", qcew(CELLS, year=2015)),
        write(folder / "q1.csv", qcew("08001 0 10 100 1990 20000000", qtr="1")),
        write(folder / "t.csv", TEXTS),
        write(folder / "l.csv", known + "08001,2021,20,19,1,5.0\n08003,2021,,,,4.5\n"),
        *(write(folder / f"{name}.csv", text) for name, text in OTHERS.items()),
    )
    return root


@pytest.fixture
def held(root: Path, filled: Path) -> Store:
    """A copy of it, where commands look for the store."""
    return Store(shutil.copytree(filled, root))


@pytest.mark.parametrize("ending", ["csv", "parquet"])
@pytest.mark.parametrize(
    ("table", "name"),
    [
        ("qcew", "annual"),
        ("qcew_quarterly", "quarterly"),
        ("thresholds", "thresholds"),
        ("labor_force", "labor_force"),
        *((name, name) for name in OTHERS),
    ],
)
def test_an_export_is_taken_in_by_another_store(
    lmi: Lmi, held: Store, tmp_path: Path, table: str, name: str, ending: str
) -> None:
    out, other = tmp_path / f"out.{ending}", Store(tmp_path / "other")
    assert lmi("export", table, "--out", out).status == 0
    said = lmi("ingest", out, "--store", other.root)
    assert said.status == 0 and said.out.startswith("1 of 1 files added"), said
    assert content(other, name).equals(content(held, name))
    again = tmp_path / f"again.{ending}"
    assert lmi("export", table, "--out", again, "--store", other.root).status == 0
    back = Store(tmp_path / "back")
    take_in(back, again)
    assert content(back, name).equals(content(held, name))


def test_every_table_of_the_store_is_tried() -> None:
    tried = {"qcew_annual", "qcew_quarterly", "thresholds", "labor_force", *OTHERS}
    assert tried == {*TABLES}


def test_an_export_of_several_releases_comes_again_without_a_change(
    lmi: Lmi, held: Store, tmp_path: Path
) -> None:
    out, other = tmp_path / "out.csv", tmp_path / "other"
    lmi("export", "qcew", "--out", out)
    assert [r.rows for r in ingest([out], other)] == [12]
    assert sorted(Store(other).catalogue()["vintage"]) == ["", "preliminary", "revised"]
    [again] = ingest([out], other)
    assert (again.status, again.rows) == ("unchanged", 12)
    older = write(tmp_path / "older.csv", qcew(CELLS.replace("2000 9", "1900 9")))
    [held_back] = ingest([older], other, vintage="preliminary")
    assert (held_back.counts.held, held_back.counts.same) == (1, 3)


def test_a_vintage_that_is_stated_counts_for_every_row(
    lmi: Lmi, held: Store, tmp_path: Path
) -> None:
    out, other = tmp_path / "out.parquet", tmp_path / "other"
    lmi("export", "qcew", "--out", out)
    ingest([out], other, vintage="revised")
    assert Store(other).catalogue()["vintage"].tolist() == ["revised"]


def test_a_row_that_is_open_and_empty_is_refused(lmi: Lmi, held: Store, tmp_path: Path) -> None:
    """An empty number is one that is withheld, or it is a fault."""
    out = tmp_path / "out.csv"
    lmi("export", "qcew", "--period", "2016", "--out", out)
    lines = out.read_text().splitlines()
    withheld = next(i for i, line in enumerate(lines) if ",A,N," in line)
    lines[withheld] = lines[withheld].replace(",A,N,", ",A,,")
    out.write_text("\n".join(lines))
    said = lmi("ingest", out, "--store", tmp_path / "other")
    assert said.status == 1
    assert f"line {withheld + 1}: annual_avg_emplvl is empty" in said.err
    assert "must be a whole number where disclosure_code is not N" in said.err


def test_a_parquet_file_that_is_none_is_refused(tmp_path: Path) -> None:
    [result] = ingest([write(tmp_path / "a.parquet", b"PAR1" + b"\0" * 40)], tmp_path / "store")
    assert "it is a Parquet file that cannot be read as a table" in result.message
