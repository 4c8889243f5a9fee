"""A cell that occurs twice is named, and the other checks go on."""

from __future__ import annotations

import pandas as pd
import pytest

from lmi.verify import is_clean, verify
from lmi.verify.cells import each_cell_once


@pytest.mark.parametrize("frequency", ["annual", "quarterly"])
def test_a_row_doubled_under_another_level_is_named_and_the_rest_is_verified(
    printed: dict[str, pd.DataFrame], frequency: str
) -> None:
    rows = printed[frequency]
    industries = rows["industry_code"].str.len() == 3
    doubled = rows[industries].head(1).assign(agglvl_code="78")
    report = verify(**{**printed, frequency: pd.concat([rows, doubled], ignore_index=True)})
    sound = verify(**printed)
    assert not is_clean(report)
    assert report.checks["check"].tolist()[1:] == sound.checks["check"].tolist()
    assert report.checks.iloc[0]["check"].startswith("codes agree, ")
    assert report.checks.iloc[1:].reset_index(drop=True).equals(sound.checks)
    [level] = report.offenders.query("column == 'agglvl_code'").to_dict("records")
    assert (level["published"], level["recomputed"]) == (78.0, 75.0)


def test_rows_of_which_each_is_its_own_cell_are_the_same_rows(
    printed: dict[str, pd.DataFrame],
) -> None:
    rows = printed["annual"]
    once, checks = each_cell_once(rows, "year")
    assert once is rows
    assert checks == []
