"""The words that say what pins a value."""

from __future__ import annotations

import pytest

from lmi.suppression.estimate import SOURCES, estimate


@pytest.mark.parametrize(
    ("text", "source"),
    [
        ("99001 5 62 4 40", "published"),
        ("ZZ000 5 62 4 40\n99001 5 62 4 .", "reference size only"),
        ("99001 5 62 4 .", "nothing published to go by"),
        ("99001 5 10 8 90\n99001 5 23 4 .\n99001 5 62 4 .", "size, fitted to the area"),
        ("99000 5 62 8 90\n99003 5 62 4 .\n99001 5 62 4 .", "size, fitted to the state"),
        (
            "99000 5 62 8 90\n99001 5 10 8 90\n99003 5 62 4 .\n99001 5 23 4 .\n99001 5 62 4 .",
            "size, fitted to the area and the state",
        ),
        (
            "99000 5 62 4 40\n99001 5 10 8 90\n99001 5 23 4 50\n99001 5 62 4 .",
            "follows from published cells, within rounding",
        ),
        # the nearest total that is published counts, here two levels up
        (
            "99001 5 10 8 90\n99001 5 23 4 .\n99001 5 62 4 .\n99001 5 621 4 .",
            "size, fitted to the area",
        ),
        # a state that counties are absent of is no total to be fitted to
        ("99000 5 62 90 900\n99001 5 62 4 .", "reference size only"),
    ],
)
def test_the_last_row_says_what_it_rests_on(cells, text, source):
    assert source in SOURCES
    assert estimate(cells(text)).cells["source"].iloc[-1] == source


def test_what_published_cells_leave_no_room_for_follows_from_them(cells):
    rows = cells("99001 5 10 8 . 90\n99001 5 23 4 . 90\n99001 5 62 4 . .")
    found = estimate(rows, "total_annual_wages").cells.iloc[-1]
    assert found["source"] == "follows from published cells"
    assert found["estimate"] == pytest.approx(0, abs=1e-6)


def test_a_withheld_total_whose_parts_reach_the_state_is_fitted_to_it(cells):
    text = """
        99000 5 62  8 80
        99000 5 621 8 80
        99001 5 62  4  .
        99001 5 621 4  .
        99003 5 62  4  .
        99003 5 621 4  .
    """
    assert set(estimate(cells(text)).cells["source"]) == {"published", "size, fitted to the state"}
