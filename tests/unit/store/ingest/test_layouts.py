"""What a file is and says follows from its content, in every layout of the agency."""

from __future__ import annotations

import gzip
from collections.abc import Callable
from pathlib import Path

import pytest

from lmi.store import Store
from tests.builders import (
    COUNTIES,
    feature_collection,
    flows,
    header,
    jobs,
    qcew,
    rows_of,
    table_text,
    take_in,
    write,
    write_zip,
)


@pytest.mark.parametrize("frequency", ["annual", "quarterly"])
def test_every_layout_gives_the_same_rows(frequency: str, tmp_path: Path) -> None:
    qtr = "A" if frequency == "annual" else "3"
    found = []
    for layout in ("slice", "by-area", "short"):
        store = Store(tmp_path / layout)
        take_in(store, write(tmp_path / f"{layout}.csv", qcew(qtr=qtr, layout=layout)))
        found.append(store.qcew(frequency))  # type: ignore[arg-type]
    assert len(found[0]) == 4
    assert found[0].notna().any(axis=None)
    pay = "avg_annual_pay" if qtr == "A" else "avg_wkly_wage"
    assert found[0][f"oty_{pay}_pct_chg"][0] == round(-300 / (found[0][pay][0] + 3), 1)
    assert found[1].equals(found[0])
    assert found[2].equals(found[0])


def test_the_order_of_columns_and_columns_of_nobodys_make_no_difference(
    store: Store, tmp_path: Path
) -> None:
    names = [*reversed(header()), "a_column_of_ours"]
    take_in(store, write(tmp_path / "a.csv", table_text(names, rows_of(COUNTIES))))
    take_in(Store(tmp_path / "plain"), write(tmp_path / "b.csv", qcew()))
    assert store.qcew("annual").equals(Store(tmp_path / "plain").qcew("annual"))


def test_a_reconstructed_file_without_quotients_is_taken_in(store: Store, tmp_path: Path) -> None:
    take_in(store, write(tmp_path / "a.csv", qcew(qtr="1", layout="trimmed")))
    rows = store.qcew("quarterly")
    assert jobs(store, "quarterly")["08001 0 10"] == 2000
    assert rows["lq_month1_emplvl"].isna().all()


MISNAMED: dict[str, tuple[Callable[[Path], Path], str]] = {
    "a table called a zip": (lambda p: write(p / "a.zip", qcew()), "qcew_annual"),
    "a zip called a table": (lambda p: write_zip(p / "a.csv", {"x": qcew()}), "qcew_annual"),
    "quarters called years": (
        lambda p: write_zip(p / "2016_annual.zip", {"2016.annual 08001.csv": qcew(qtr="2")}),
        "qcew_quarterly",
    ),
    "a gzip called a picture": (
        lambda p: write(p / "a.png", gzip.compress(flows().encode())),
        "commuting",
    ),
    "a gzip in two parts": (
        lambda p: write(
            p / "a.gz", gzip.compress(flows().encode()) + gzip.compress(b"08003,08001,5,2021\n")
        ),
        "commuting",
    ),
    "a map called a table": (
        lambda p: write(p / "cb_2023_us_county.csv", feature_collection(["08001"])),
        "boundaries",
    ),
    "a map in a zip": (
        lambda p: write_zip(p / "a.csv", {"x 2023.txt": feature_collection(["08001"])}),
        "boundaries",
    ),
    "a map in a gzip": (
        lambda p: write(p / "a.csv", gzip.compress(feature_collection(["08", "41"]).encode())),
        "boundaries",
    ),
    "a table called a companion of a map": (
        lambda p: write_zip(p / "a.zip", {"x.xml": qcew()}),
        "qcew_annual",
    ),
    "a table beside its description": (
        lambda p: write_zip(p / "a.zip", {"x.csv": qcew(), "x.xml": "<metadata/>"}),
        "qcew_annual",
    ),
    "what a Mac adds to a zip": (
        lambda p: write_zip(
            p / "a.zip",
            {"x.csv": qcew(), "__MACOSX/._x.csv": "\0\5\x16\7", "d/.DS_Store": "\0Bud1"},
        ),
        "qcew_annual",
    ),
}


@pytest.mark.parametrize("name", MISNAMED)
def test_content_decides_not_the_name(name: str, store: Store, tmp_path: Path) -> None:
    make, table = MISNAMED[name]
    assert take_in(store, make(tmp_path))[0].table == table


def test_withheld_is_missing_and_its_establishments_are_kept(store: Store, tmp_path: Path) -> None:
    cells = """
        08001 5 62    20    0        0 N
        08001 5 44-45  0    0        0 -
        08001 5 722    3    0        0
        08001 5 23     5   40  2000000
    """
    take_in(store, write(tmp_path / "a.csv", qcew(cells)))
    rows = store.qcew("annual").set_index("industry_code")
    shown = rows[["disclosure_code", "annual_avg_estabs", "annual_avg_emplvl", "avg_annual_pay"]]
    assert shown.astype(object).where(shown.notna(), None).to_dict("index") == {
        "23": dict(zip(shown, (None, 5, 40, 50000), strict=True)),
        "44-45": dict(zip(shown, ("-", 0, None, None), strict=True)),
        "62": dict(zip(shown, ("N", 20, None, None), strict=True)),
        "722": dict(zip(shown, (None, 3, 0, 0), strict=True)),
    }
    hidden = rows.loc["62"]
    assert hidden["lq_annual_avg_estabs"] == 1.25
    assert hidden["oty_annual_avg_estabs_chg"] == -3
    assert hidden[["lq_annual_avg_emplvl", "lq_avg_annual_pay"]].isna().all()
    assert hidden[["oty_annual_avg_emplvl_chg", "oty_avg_annual_pay_pct_chg"]].isna().all()
