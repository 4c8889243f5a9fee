"""The script that rebuilds the reference tables makes what is kept."""

from __future__ import annotations

import pytest

from tools import reference_tables

MADE = ("areas", "industries", "industry_titles_earlier", "naics_changes", "states")


def test_making_the_tables_again_gives_the_same_bytes(shared_data, tmp_path):
    pytest.importorskip("openpyxl")
    folders = {"naics": "naics", "titles": "bls_titles", "boundaries": "boundaries"}
    options = [f"--{name}={shared_data / folder}" for name, folder in folders.items()]
    reference_tables.main([*options, f"--out={tmp_path}"])
    for name in MADE:
        table = f"{name}.csv"
        assert (tmp_path / table).read_bytes() == (reference_tables.TABLES / table).read_bytes(), (
            table
        )


def test_titles_of_bls_lose_their_mark():
    assert reference_tables.split_title("NAICS07 7221 Full-service restaurants") == (
        "NAICS07",
        "Full-service restaurants",
    )
    assert reference_tables.split_title("1013 Manufacturing") == ("", "Manufacturing")


def test_only_what_a_revision_touched_is_kept():
    edges = {("1", "1"), ("2", "3"), ("4", "4"), ("4", "5"), ("6", "4")}
    assert reference_tables.naics_changes({(2017, 2022): edges}) == [
        ("2017", "2", "2022", "3"),
        ("2017", "4", "2022", "4"),
        ("2017", "4", "2022", "5"),
        ("2017", "6", "2022", "4"),
    ]
