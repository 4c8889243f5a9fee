"""What a sentence says of who is first, above a line or growing, the draws bear out."""

from __future__ import annotations

import re
from types import SimpleNamespace

import numpy as np
import pandas as pd
from hypothesis import example, given
from hypothesis import strategies as st

from lmi.measures.certainty import add_flags
from lmi.report.figures.bubble_points import BubblePoints
from lmi.report.figures.shift_share_bars import shift_share_split
from lmi.report.sentences.job_changes import bubbles_sentence, shift_share_sentence
from lmi.report.sentences.jobs_pay_concentration import (
    LARGER,
    concentration_sentence,
    drivers_sentence,
    industries_sentence,
    wages_sentence,
)
from lmi.words import records

N_DRAWS = 400
MOST_CONTRADICTED = 0.1
ROOM = 0.05  # of a share of 400 draws, three of its standard errors
AVERAGE = 50_000.0
NAMES = ("Alpha", "Bravo", "Charlie", "Delta", "Echo", "Foxtrot")

spread = st.tuples(
    st.floats(1, 5_000),  # jobs
    st.floats(0, 1),  # of them estimated
    st.floats(20_000, 90_000),  # pay
    st.floats(0.05, 6),  # location quotient
    st.floats(-40, 40),  # change in percent
    st.floats(0, 1.2),  # how wide all of it is
)


class Drawn:
    """Candidates with the intervals of their draws, and the draws, a column each."""

    def __init__(self, spreads: list[tuple[float, ...]]) -> None:
        chance = np.random.default_rng(1)
        rows, self.draws = [], {}
        for name, (jobs, part, pay, lq, change, width) in zip(NAMES, spreads, strict=False):
            unit = chance.normal(0, width / 2, (4, N_DRAWS))
            drawn = {
                "annual_avg_emplvl": np.maximum(jobs * (1 + part * unit[0]), 0),
                "avg_annual_pay": np.maximum(pay * (1 + part * unit[1]), 1_000),
                "lq": np.maximum(lq * (1 + part * unit[2]), 0),
                "emplvl_pct_chg": np.maximum(change + 20 * part * unit[3], -99),
            }
            drawn["emplvl_share"] = drawn["annual_avg_emplvl"] / 20_000
            drawn["emplvl_chg"] = jobs * drawn["emplvl_pct_chg"] / 100
            drawn["competitive_share_state"] = drawn["emplvl_chg"] - 0.03 * jobs
            row = {"region": "r", "candidate": name, "candidate_name": name, "industry_title": name}
            for measure, values in drawn.items():
                low, middle, high = np.quantile(values, [0.05, 0.5, 0.95])
                row |= {measure: middle, f"{measure}_lo": low, f"{measure}_hi": high}
                self.draws.setdefault(measure, {})[name] = values
            rows.append(
                row
                | dict.fromkeys(("emplvl_estimated_share", "wages_estimated_share"), part)
                | {
                    "lq_state": float("nan"),
                    "is_break": False,
                    "national_growth_state": 0.02 * jobs,
                    "industry_mix_state": 0.01 * jobs,
                    "counted": True,
                }
            )
        self.table = add_flags(pd.DataFrame(rows))
        self.found = SimpleNamespace(
            rows=records(self.table), candidates=self.table, absent=[], span="2018 to 2023",
            year=2023, state_name="Sample", threshold=float("nan"),
        )  # fmt: skip

    def is_first(self, name: str, measure: str, lowest: bool = False) -> bool:
        """Whether the draws bear it out that somebody has the most, or the least."""
        return self.is_first_among([name], measure, lowest)

    def is_first_among(self, some: list[str], measure: str, lowest: bool = False) -> bool:
        """Whether the draws bear it out that one of some has the most, or the least."""
        names = list(self.draws[measure])
        drawn = np.column_stack([self.draws[measure][n] for n in names])
        first = drawn.argmin(axis=1) if lowest else drawn.argmax(axis=1)
        others = ~np.isin(first, [names.index(name) for name in some])
        return np.mean(others) <= MOST_CONTRADICTED + ROOM

    def n_above(self, measure: str, line: float) -> int:
        """How many are above a line, as far as the draws bear it out."""
        return sum(
            np.mean(values < line) <= MOST_CONTRADICTED for values in self.draws[measure].values()
        )


def alone(pattern: str, text: str) -> list[str]:
    """Whom a clause names, where it names one and does not say that it only may be so."""
    clause = re.search(pattern, text)
    found = re.findall("|".join(NAMES), clause[1]) if clause else []
    return found if len(found) == 1 and "may have" not in clause[0] else []


candidates = st.lists(spread, min_size=2, max_size=len(NAMES)).map(Drawn)


@given(candidates)
def test_the_largest_is_the_largest(drawn):
    for name in alone(r"jobs here is (.*?)(?:, followed|\. )", drivers_sentence(drawn.found)):
        assert drawn.is_first(name, "annual_avg_emplvl")
    said = industries_sentence(drawn.table)
    for name in alone(r"the largest is (.*?)(?:, followed|\.$)", said):
        assert drawn.is_first(name, "emplvl_share")


@given(candidates)
def test_who_pays_most_or_more_does(drawn):
    said = wages_sentence(drawn.found, {"avg_annual_pay": AVERAGE})
    if not drawn.table["avg_annual_pay_is_vague"].any():
        for name in alone(r"The highest pay is in (.*?)(?:, the lowest|\. )", said):
            assert drawn.is_first(name, "avg_annual_pay")
        for name in alone(r", the lowest in (.*?)\. ", said):
            assert drawn.is_first(name, "avg_annual_pay", lowest=True)
    for count in re.findall(r"^(\d+) of \d+ candidate sectors? pays? more", said):
        assert int(count) <= drawn.n_above("avg_annual_pay", AVERAGE)


@given(candidates)
@example(Drawn([(1, 0, 20_000, 1, 0, 0), (1, 1, 20_000, 1.25, 0, 0.5)]))  # may be below the first
def test_who_is_concentrated_is(drawn):
    said = concentration_sentence(drawn.found)
    if not drawn.table["lq_is_vague"].any():
        for name in alone(r"\. (\w+) stands out", said):
            assert drawn.is_first(name, "lq")
            assert drawn.n_above("lq", LARGER) > 0
        (named,) = re.findall(r"most concentrated is (.*?)\.(?: |$)", said) or [""]
        among = [name for name in NAMES if name in named]
        if among and "others" not in named:
            assert drawn.is_first_among(among, "lq")
    for count in re.findall(r"^(\d+) of \d+ candidate sectors? ha(?:s|ve) a clearly", said):
        assert int(count) <= drawn.n_above("lq", LARGER)
    for name in re.findall(r"(\w+) \(at most", said):
        assert np.mean(drawn.draws["lq"][name] >= LARGER) <= MOST_CONTRADICTED


@given(candidates)
def test_who_gained_or_lost_the_most_did(drawn):
    said = shift_share_sentence(drawn.found, shift_share_split(drawn.found))
    change = drawn.draws["emplvl_chg"]
    is_open = drawn.table["emplvl_chg_is_vague"].any()
    for name in alone(r"^From 2018 to 2023, (.*?) gained the most", said):
        assert np.mean(change[name] <= 0) <= MOST_CONTRADICTED
        assert is_open or drawn.is_first(name, "emplvl_chg")
    for name in alone(r"(?:2023,|told,|\) and) ((?:(?! gained ).)*?) lost the most", said):
        assert np.mean(change[name] > 0) <= MOST_CONTRADICTED
        assert is_open or drawn.is_first(name, "emplvl_chg", lowest=True)
    local = "competitive_share_state"
    for count in re.findall(r"(\d+) sectors? did better here", said):
        assert int(count) <= drawn.n_above(local, 0.0)
    for name in alone(r"the local share is largest in (.*?)\. ", said):
        assert drawn.table[f"{local}_is_vague"].any() or drawn.is_first(name, local)


@given(candidates)
def test_who_is_concentrated_and_growing_is_both(drawn):
    said = bubbles_sentence(drawn.found, BubblePoints(drawn.table, (), (), (-50, 50), (0.05, 20)))
    both = said.partition("more concentrated here than in the nation and growing")[0]
    for name in [] if both.startswith("No candidate") else re.findall("|".join(NAMES), both):
        is_both = (drawn.draws["lq"][name] > 1) & (drawn.draws["emplvl_pct_chg"][name] > 0)
        assert np.mean(~is_both) <= MOST_CONTRADICTED + ROOM
