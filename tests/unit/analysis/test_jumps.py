"""Places of business that jump are named where jobs are withheld and nothing above them moves."""

from __future__ import annotations

from types import SimpleNamespace
from typing import cast

import pandas as pd
import pytest

from lmi.analysis.jumps import COLUMNS, find_jumps
from lmi.analysis.span import Span
from lmi.analysis.sums import EMPLVL

# state government of a county: universities and hospitals, whose jobs are withheld
CELLS = {
    ("2", "62"): ((30, 5000, 0.0), (50, 5100, 0.0)),
    ("2", "621"): ((4, 900, 1.0), (6, 900, 1.0)),  # two more
    ("2", "622"): ((3, 4000, 1.0), (22, 4100, 1.0)),  # reports by worksite now
    ("2", "6221"): ((3, 4000, 0.0), (22, 4100, 0.0)),  # published
    ("5", "622"): ((20, 9000, 1.0), (9, 9000, 1.0)),  # what is above it grew as well
    ("5", "62"): ((400, 20_000, 0.0), (390, 30_000, 0.0)),
    ("5", "999"): ((90, 100, 1.0), (9, 10, 1.0)),
}


def span(base: int | None, changes: bool = False) -> Span:
    def year(n: int) -> SimpleNamespace:
        rows = [
            {"region": "here", "own_code": own, "industry_code": code,
             "annual_avg_estabs": of[n][0], EMPLVL: of[n][1], "emplvl_estimated_share": of[n][2]}
            for (own, code), of in CELLS.items()
        ]  # fmt: skip
        sums = SimpleNamespace(table=pd.DataFrame(rows))
        return SimpleNamespace(industries=SimpleNamespace(of=lambda place: sums))

    breaks = pd.DataFrame({"region": ["here"] if changes else [], "year0": [2020] * changes})
    made = SimpleNamespace(base=base, year=2021, years={2020: year(0), 2021: year(1)},
                           area_breaks=breaks)  # fmt: skip
    return cast(Span, made)


def test_a_jump_that_nothing_above_follows_is_named() -> None:
    found = find_jumps(span(2020))
    assert list(found.columns) == COLUMNS
    (row,) = found.to_dict("records")
    assert (row["own_code"], row["industry_code"], row["within"]) == ("2", "622", "62")
    assert (row["annual_avg_estabs0"], row["annual_avg_estabs1"]) == (3, 22)
    assert row["within_emplvl_pct_chg"] == pytest.approx(2.0)


def test_without_a_base_year_or_on_changed_ground_there_is_none() -> None:
    assert find_jumps(span(None)).empty and list(find_jumps(span(None)).columns) == COLUMNS
    assert find_jumps(span(2020, changes=True)).empty
