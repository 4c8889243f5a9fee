"""What holds of who is ranked and who stands apart, whatever the numbers."""

from __future__ import annotations

import numpy as np
import pandas as pd
from hypothesis import given, settings
from hypothesis import strategies as st

from lmi.assessment.apart import apart_of, best_first
from lmi.config import Criterion, load_asked
from lmi.config.set_aside import ABSENT, OWN, PART, UNSCORED, WHOLE
from lmi.scoring.appraise import appraise
from lmi.scoring.evidence import gather_evidence
from lmi.scoring.rank import LEVEL, rank_scores
from lmi.scoring.set_aside import set_aside

ASKED = load_asked(None).set_aside
PAY = Criterion(key="pay", name="P", question="?", measure="pay_ratio", value=((0, 0), (1, 1)))
KEYS = [reason.key for reason in ASKED.reasons]
FEW = settings(max_examples=60, deadline=None)

scores = st.lists(st.one_of(st.none(), st.integers(0, 1000)), min_size=1, max_size=12)


@given(scores)
def test_ranks_have_no_holes_but_those_of_ties_and_level_scores_alone_share_one(given) -> None:
    score = pd.Series([None if s is None else s / 1000 for s in given], dtype=float)
    ranks = rank_scores(score, LEVEL)
    assert ranks.isna().tolist() == score.isna().tolist()
    known = pd.DataFrame({"score": score, "rank": ranks}).dropna()
    ordered = known.sort_values(["rank", "score"], ascending=[True, False])
    # A rank is one plus how many stand before it, so 1, 2, 3 with as many left out as share one.
    place = np.arange(1, len(ordered) + 1)
    starts = ~ordered["rank"].duplicated()
    assert ordered["rank"][starts].tolist() == place[starts].tolist()
    for _, level in ordered.groupby("rank"):
        assert round(level["score"].max() - level["score"].min(), 9) <= LEVEL
    best = ordered.groupby("rank")["score"].max().to_numpy()
    assert (np.round(-np.diff(best), 9) > LEVEL).all()
    assert (np.diff(ordered["score"]) <= 0).all()


@st.composite
def regions(draw: st.DrawFn) -> tuple[pd.DataFrame, dict[str, np.ndarray], list[str]]:
    n, k = draw(st.integers(1, 9)), 20
    rng = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
    wide = draw(st.floats(0, 1))
    pay = rng.random((n, 1)) + wide * rng.normal(size=(n, k))
    jobs = np.where(rng.random(n) < 0.1, 0.0, rng.integers(1, 5000, n))
    table = pd.DataFrame(
        {
            "candidate": [f"c{i}" for i in range(n)], "candidate_name": [f"C{i}" for i in range(n)],
            "pay_ratio": np.where(np.arange(n) % 4 == 3, np.nan, pay[:, 0]),
            "annual_avg_emplvl": jobs, "annual_avg_estabs": rng.integers(1, 60, n),
            "emplvl_share": jobs / 1e5, "emplvl_estimated_share": rng.random(n),
        }
    )  # fmt: skip
    for name in ("emplvl_pct_chg_1yr", "emplvl_pct_chg_2yr", "emplvl_pct_chg"):
        at, half = rng.normal(2, 4, n), rng.exponential(2, n)
        table[name], table[f"{name}_lo"], table[f"{name}_hi"] = at, at - half, at + half
    keep = [key for key in table["candidate"] if rng.random() < 0.2]
    # The first is the whole of some of the others.
    table["part_of"] = np.where((rng.random(n) < 0.4) & (np.arange(n) > 0), "c0", "")
    has_parts, by_parts = (table["part_of"] != "").any(), rng.random() < 0.3
    table["not_ranked"] = np.where((table["part_of"] != "") & (not by_parts), PART, "")
    table.loc[0, "not_ranked"] = WHOLE if by_parts and has_parts else ""
    return table, {"pay_ratio": pay}, keep


@FEW
@given(regions())
def test_everybody_is_ranked_or_in_exactly_one_group_and_nobody_vanishes(region) -> None:
    table, draws, keep = region
    asked = ASKED.model_copy(update={"keep": tuple(keep)})
    whole = appraise(gather_evidence(table, [PAY], draws, keys=["candidate"]))
    no_score = np.isnan(whole.additive.score)
    apart = np.select(
        [table["annual_avg_emplvl"] == 0, table["not_ranked"] != "", no_score],
        [ABSENT, table["not_ranked"], UNSCORED], "",
    )  # fmt: skip
    told, among = set_aside(table, whole, asked, apart)
    ranking = among.ranking().drop(columns=["rank_lo", "rank_hi"])
    found = table.merge(ranking.join(told), on="candidate")

    assert set(found["set_aside"]) <= {"", *OWN, *KEYS}
    assert (found["rank"].notna() == (found["set_aside"] == "")).all()
    assert found.loc[found["candidate"].isin(keep), "set_aside"].isin(["", *OWN]).all()
    listed = best_first(found, asked)
    assert sorted(listed["candidate"]) == sorted(table["candidate"])
    groups = [row["candidate"] for group in apart_of(found, asked) for row in group.rows]
    ranked = found.loc[found["set_aside"] == "", "candidate"].tolist()
    absent = found.loc[found["set_aside"] == ABSENT, "candidate"].tolist()
    assert sorted([*groups, *ranked, *absent]) == sorted(table["candidate"])
    in_order = sorted(ranked, key=lambda key: (found.set_index("candidate").loc[key, "rank"], key))
    assert [key for key in listed["candidate"] if key in ranked] == in_order
    # A whole or its parts are ranked, and counted, never both; a part that is neither stands below.
    parts = found[found["part_of"] != ""]
    assert not (found["rank"].notna()[0] and parts["rank"].notna().any())
    if (parts["set_aside"] == PART).any():
        first = listed["candidate"].tolist().index("c0")
        below = listed.iloc[first + 1 :]["set_aside"].eq(PART).cummin().sum()
        assert below == (parts["set_aside"] == PART).sum()
    with_jobs = found["annual_avg_emplvl"] > 0
    assert not (found["counted"] & with_jobs)[0] or not (parts["counted"] & with_jobs).any()
    assert found.loc[found["rank"].notna(), "counted"].all()
    # A reason holds by the whole interval, and is told of nobody that it does not hold of.
    losing = found[found["set_aside"] == "declining"].to_dict("records")
    assert all(row[f"{row['set_aside_by']}_hi"] < -1 for row in losing)
    chances = among.acceptability().groupby("candidate")["chance"].sum()
    assert sorted(chances.index) == sorted(ranked) and np.allclose(chances, 1)
