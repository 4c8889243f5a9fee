"""Who is set aside, by what, and what becomes of the ranks of the others."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from lmi.config import AsideReason, Criterion, SetAside
from lmi.scoring.appraise import Appraisal, appraise
from lmi.scoring.evidence import gather_evidence
from lmi.scoring.set_aside import set_aside

PAY = Criterion(key="pay", name="P", question="?", measure="pay_ratio", value=((0, 0), (1, 1)))


def reason(key: str, *lines: dict[str, object], how: str = "any") -> AsideReason:
    return AsideReason(key=key, name=key, ask="?", **{how: lines})


LOSING = reason(
    "losing",
    {"measure": "emplvl_pct_chg_1yr", "below": -1},
    {"measure": "emplvl_pct_chg", "below": -1},
)
FEW = reason("few", {"measure": "annual_avg_estabs", "below": 12})
OPEN = reason("open", {"measure": "rank_places", "above": 1})


def sort(
    table: dict[str, list[float]],
    *reasons: AsideReason,
    keep: tuple[str, ...] = (),
    apart: tuple[str, ...] = (),
    draws: dict[str, np.ndarray] | None = None,
) -> tuple[pd.DataFrame, Appraisal]:
    n = len(table["pay_ratio"])
    frame = pd.DataFrame({"candidate": list("abcdefgh")[:n], **table})
    found = appraise(gather_evidence(frame, [PAY], draws, keys=["candidate"]))
    asked = SetAside(reasons=reasons, keep=keep)
    return set_aside(frame, found, asked, apart or ("",) * n)


def interval(measure: str, *rows: tuple[float, float, float]) -> dict[str, list[float]]:
    ends = zip(("_lo", "", "_hi"), zip(*rows, strict=True), strict=True)
    return {f"{measure}{end}": list(found) for end, found in ends}


def test_the_whole_interval_must_lie_beyond_the_line():
    rows = (-9, -5, -2), (-9, -5, -0.5), (-0.9, -0.5, -0.1), (np.nan, -5, np.nan), (-5, -5, -5)
    told, among = sort({"pay_ratio": [0.9] * 5, **interval("emplvl_pct_chg", *rows)}, LOSING)
    assert told["set_aside"].tolist() == ["losing", "", "", "", "losing"]
    assert told["may_be_set_aside"].tolist() == ["", "losing", "", "losing", ""]
    assert told["set_aside_by"].tolist() == ["emplvl_pct_chg"] * 2 + [""] + ["emplvl_pct_chg"] * 2
    assert among.ranks.isna().tolist() == [True, False, False, False, True]


def test_it_says_which_line_and_the_first_reason_that_holds_counts():
    table = {"pay_ratio": [0.9, 0.8, 0.7], "emplvl_pct_chg_1yr": [2, -7, -7],
             "emplvl_pct_chg": [-4, -4, 3], "annual_avg_estabs": [3, 3, 40]}  # fmt: skip
    told, _ = sort(table, LOSING, FEW)
    assert told["set_aside"].tolist() == ["losing"] * 3
    first, latest = "emplvl_pct_chg", "emplvl_pct_chg_1yr"
    assert told["set_aside_by"].tolist() == [first, latest, latest]
    assert sort(table, FEW, LOSING)[0]["set_aside"].tolist() == ["few", "few", "losing"]


def test_all_of_several_lines_must_be_passed():
    both = reason("both", *FEW.lines, {"measure": "emplvl_share", "below": 0.1}, how="all")
    table = {"pay_ratio": [0.9, 0.8], "annual_avg_estabs": [3, 3], "emplvl_share": [0.2, 0.05]}
    assert sort(table, both)[0]["set_aside"].tolist() == ["", "both"]


def test_whoever_is_kept_stays_and_it_is_told_what_holds():
    table = {"pay_ratio": [0.9, 0.8], "annual_avg_estabs": [3, 3]}
    told, among = sort(table, FEW, keep=("a",))
    assert told.loc[0, ["set_aside", "kept_despite", "set_aside_by"]].tolist() == [
        "", "few", "annual_avg_estabs"
    ]  # fmt: skip
    assert among.ranks.tolist() == [1, pd.NA]


def test_the_width_of_a_rank_is_that_among_those_who_are_left():
    # a and b are drawn to lie anywhere, d is never seen above; without c there are few places.
    pay = np.array([[0.9, 0.5, 0.2], [0.8, 0.8, 0.8], [0.6, 0.6, 0.6], [0.4, 0.4, 0.4]])
    table = {"pay_ratio": [0.9, 0.8, 0.6, 0.4], "annual_avg_estabs": [40, 40, 40, 40]}
    told, among = sort(table, FEW, OPEN, draws={"pay_ratio": pay})
    assert told["set_aside"].tolist() == ["open", "", "", ""]
    assert told.loc[0, ["rank_lo", "rank_hi"]].tolist() == [1, 4]
    assert among.ranks.tolist() == [pd.NA, 1, 2, 3]
    table["annual_avg_estabs"] = [40, 40, 3, 3]
    told, among = sort(table, FEW, OPEN, draws={"pay_ratio": pay})
    assert told["set_aside"].tolist() == ["", "", "few", "few"]
    assert among.ranks.tolist() == [1, 2, pd.NA, pd.NA]


def test_nobody_is_left_to_be_ranked():
    table = {"pay_ratio": [0.9, 0.8], "annual_avg_estabs": [3, 3]}
    _, among = sort(table, FEW)
    ranking = among.ranking()
    assert ranking["score"].tolist() == pytest.approx([0.9, 0.8])
    assert ranking[["rank", "rank_lo", "first_chance", "rank_without"]].isna().all(axis=None)
    assert among.acceptability().empty
    assert among.criteria()["challenger_up"].isna().all()


def test_who_takes_no_part_is_asked_nothing():
    table = {"pay_ratio": [0.9, 0.8], "annual_avg_estabs": [0, 40]}
    told, among = sort(table, FEW, apart=("absent", ""))
    assert told["set_aside"].tolist() == ["absent", ""]
    assert told["set_aside_by"].tolist() == ["", ""]
    assert among.ranks.tolist() == [pd.NA, 1]


def test_where_a_whole_is_set_aside_its_parts_are_asked_in_its_place():
    """b, c and d are parts of a; of b the whole's reason holds too, of d another."""
    table = {"pay_ratio": [0.9, 0.8, 0.7, 0.6, 0.5], "part_of": ["", "a", "a", "a", ""],
             "emplvl_pct_chg": [-4, -7, 2, 5, 1],
             "annual_avg_estabs": [60, 30, 20, 3, 40]}  # fmt: skip
    parts = ("", "part", "part", "part", "")
    told, among = sort(table, LOSING, FEW, apart=parts)
    assert told["set_aside"].tolist() == ["losing", "losing", "", "few", ""]
    assert told["counted"].tolist() == [False, True, True, True, True]
    assert among.ranks.tolist()[2::2] == [1, 2]
    # A whole that stays, by itself or by name, keeps its parts; so does one of which none is left.
    grown = {**table, "emplvl_pct_chg": [4, -7, 2, 5, 1]}
    for found, _ in (
        sort(grown, LOSING, apart=parts),
        sort(table, LOSING, keep=("a",), apart=parts),
    ):
        assert found["set_aside"].tolist() == ["", "part", "part", "part", ""]
        assert found["counted"].tolist() == [True, False, False, False, True]
    none_left = {**table, "emplvl_pct_chg": [-4, -7, -2, -5, 1]}
    told, _ = sort(none_left, LOSING, apart=parts)
    assert told["set_aside"].tolist() == ["losing", "part", "part", "part", ""]
    assert told["set_aside_by"].tolist() == ["emplvl_pct_chg", "", "", "", ""]
