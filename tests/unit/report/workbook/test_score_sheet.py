"""The workbook's formulas, computed by another program, against the score of the workbench."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import formulas
import numpy as np
import pandas as pd
import pytest
from xlsxwriter import Workbook
from xlsxwriter.utility import xl_rowcol_to_cell

from lmi.config import Asked
from lmi.report import Profile
from lmi.report.workbook.score_sheet import FIRST, SCORE, write_score
from lmi.report.workbook.sheet import Styles
from lmi.scoring.additive import additive_score
from lmi.scoring.rank import LEVEL, rank_scores

RANK, STANDING = 1, 2
ROUNDING = 1e-12  # sums of a dozen products, in another order


def computed(profile: Profile, file: Path) -> pd.DataFrame:
    """Write the sheet, let its formulas be computed, and return ranks and scores as they stand."""
    book = Workbook(str(file))
    write_score(book, profile, Styles(book))
    book.close()
    cells = formulas.ExcelModel().loads(str(file)).finish().calculate()

    def number(row: int, column: int) -> float:
        found = cells.get(f"'[{file.name}]{SCORE.upper()}'!{xl_rowcol_to_cell(row, column)}")
        value = "" if found is None else found.value[0, 0]
        return float("nan") if isinstance(value, str) else float(value)

    rows = range(FIRST, FIRST + len(profile.candidates))
    return pd.DataFrame(
        {
            "candidate": profile.best_first["candidate"],
            "rank": [number(row, RANK) for row in rows],
            "score": [number(row, STANDING) for row in rows],
        }
    )


def weighed(profile: Profile, weights: list[float]) -> Profile:
    """The same with other weights typed in."""
    criteria = [
        c.model_copy(update={"weight": w})
        for c, w in zip(profile.criteria, weights, strict=True)
    ]  # fmt: skip
    asked = Asked(criteria, profile.asked.screens, profile.asked.set_aside)
    return replace(profile, asked=asked)


def expected(profile: Profile) -> pd.DataFrame:
    """Score and rank anew from the values of the criteria."""
    ordered = profile.best_first
    by = profile.scores.set_index(["candidate", "criterion"])["value"]
    values = [[by[key, c.key] for c in profile.criteria] for key in ordered["candidate"]]
    score = additive_score(values, [c.weight for c in profile.criteria]).score
    race = ordered["rank"].notna().to_numpy()
    ranks = rank_scores(np.where(race, score, np.nan), LEVEL)
    return pd.DataFrame({
        "candidate": ordered["candidate"], "rank": ranks.astype("float64"), "score": score,
    })  # fmt: skip


@pytest.mark.parametrize("seed", [1, 2])
def test_with_other_weights_it_is_what_the_workbench_makes_of_them(
    profile: Profile, tmp_path: Path, seed: int
) -> None:
    drawn = np.random.default_rng(seed).integers(0, 4, len(profile.criteria)).astype(float)
    other = weighed(profile, list(drawn + (drawn.sum() == 0)))
    found = computed(other, tmp_path / "score.xlsx")
    pd.testing.assert_frame_equal(found, expected(other), atol=ROUNDING, rtol=0)
