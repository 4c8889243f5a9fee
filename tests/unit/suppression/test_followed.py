"""What follows from published numbers is that number, to the last place."""

from __future__ import annotations

import numpy as np
import pandas as pd

from lmi.suppression.estimate import Relaxed, estimate

INDUSTRIES = {"10": "71", "23": "74", "62": "74", "621": "75", "622": "75"}
JOBS = {
    "99000": (3996, 636, 3360, 2018, 1342),
    "99001": (1721, 73, 1648, 800, 848),
    "99003": (1363, 163, 1200, 800, 400),
    "99999": (912, 400, 512, 418, 94),
}
ESTABS = {"99000": (12, 3, 9, 6, 3), "99001": (4, 1, 3, 2, 1)}


def test_two_cells_that_follow_are_exact_and_nothing_gave_way() -> None:
    """636 = 3996 − 3360 and 400 = 1200 − 800, although they are found by a programme."""
    rows = pd.DataFrame(
        [
            (area, "5", code, level.replace("7", "5", 1) if area == "99000" else level, n, jobs)
            for area, of_area in JOBS.items()
            for (code, level), n, jobs in zip(
                INDUSTRIES.items(), ESTABS.get(area, ESTABS["99001"]), of_area, strict=True
            )
        ],
        columns=["area_fips", "own_code", "industry_code", "agglvl_code", "qtrly_estabs", "jobs"],
    )
    hidden = {("99000", "23"), ("99003", "622")}
    is_hidden = [
        key in hidden for key in zip(rows["area_fips"], rows["industry_code"], strict=True)
    ]
    shown = rows.assign(month3_emplvl=rows["jobs"].where(~np.array(is_hidden)).astype(float))
    result = estimate(shown, "month3_emplvl", "qtrly_estabs")
    cells = result.cells
    assert cells["estimate"].tolist() == rows["jobs"].tolist()
    assert cells["lo"].tolist() == cells["hi"].tolist() == rows["jobs"].tolist()
    assert result.relaxed == Relaxed(families=0, states=0, bounds=0)
