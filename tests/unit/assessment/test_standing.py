"""Every region's candidates stand by what is asked of them there."""

from __future__ import annotations

import pandas as pd

from lmi.analysis.measured import CandidateMeasures
from lmi.assessment.standing import stand
from lmi.config import Asked, Criterion, NamedScreen, Screen

LINE = ((0, 0), (1, 1))


def criterion(key: str, weight: float, **more: object) -> Criterion:
    return Criterion(
        key=key, name=key, question="?", measure=key, value=LINE, weight=weight, **more
    )


TABLE = pd.DataFrame(
    {
        "region": ["east", "east", "west", "west"],
        "candidate": ["care", "energy"] * 2,
        "jobs": [0.9, 0.1, 0.9, 0.1],
        "pay": [0.2, 0.6, 0.2, 0.6],
    }
)


def test_a_region_is_ranked_and_screened_by_its_own_criteria() -> None:
    large = NamedScreen(key="large", name="L", any=[{"measure": "jobs", "above": 0.5}])
    driver = Screen(flag="wages", above=0.5)
    asked = {
        "east": Asked((criterion("jobs", 3), criterion("pay", 1, screen=driver)), (large,)),
        "west": Asked((criterion("jobs", 1), criterion("pay", 3, screen=driver)), (large,)),
    }
    found = stand(CandidateMeasures(TABLE, {}), asked)
    first = found.ranking[found.ranking["rank"] == 1].set_index("region")["candidate"]
    assert first.to_dict() == {"east": "care", "west": "energy"}
    assert found.ranking.groupby("candidate")["screen_large"].unique().to_dict() == {
        "care": [True],
        "energy": [False],
    }
    weights = found.weights.set_index(["region", "criterion"])["weight"]
    assert weights["east", "jobs"] == weights["west", "pay"] == 0.75


def test_the_challenger_is_named_and_chances_add_up_in_each_region() -> None:
    asked = {r: Asked((criterion("jobs", 1), criterion("pay", 1))) for r in ("east", "west")}
    found = stand(CandidateMeasures(TABLE, {}), asked)
    row = found.weights.set_index(["region", "criterion"]).loc[("east", "jobs")]
    assert row["challenger_down"] == "energy" and row["challenger_up"] == ""
    chances = found.robustness.groupby(["region", "candidate"])["chance"].sum()
    assert chances.round(9).tolist() == [1.0] * 4
