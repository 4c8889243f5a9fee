"""The interval of a sum is that of the sum: errors within a family cancel."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from lmi.analysis.changes import growth_between
from lmi.analysis.level_measures import levels, pay_of
from lmi.analysis.sums import Cells, Sums, join, sum_by_place
from lmi.suppression.draws import Draws

K = 101
MEMBERS = pd.DataFrame(
    [("region", "east", "99001"), ("region", "east", "99003"), ("region", "west", "99005"),
     ("nation", "east", "ZZ000"), ("nation", "west", "ZZ000")],
    columns=["place", "region", "area_fips"],
)  # fmt: skip
# area, jobs, published, least, most, wages
CELLS = [
    ("99001", 60.0, 0.0, 10.0, 110.0, 3_000_000.0),
    ("99003", 40.0, 0.0, 0.0, 90.0, 2_000_000.0),
    ("99005", 30.0, 0.0, 20.0, 45.0, 900_000.0),
    ("ZZ000", 5000.0, 5000.0, 5000.0, 5000.0, 250_000_000.0),
]
SPREAD = np.linspace(-20, 20, K)


def cells(moves: np.ndarray, wages: np.ndarray | None = None) -> Cells:
    """Make care cells whose first three are withheld, with these draws of each."""
    table = pd.DataFrame(CELLS, columns=["area_fips", "jobs", "known", "least", "most", "paid"])
    named = table.rename(
        columns={
            "jobs": "annual_avg_emplvl", "known": "annual_avg_emplvl_published",
            "least": "annual_avg_emplvl_min", "most": "annual_avg_emplvl_max",
            "paid": "total_annual_wages",
        }
    ).assign(
        candidate="care", annual_avg_estabs=10.0, row=range(4),
        total_annual_wages_published=np.where(table["known"] > 0, table["paid"], 0.0),
        total_annual_wages_min=0.0, total_annual_wages_max=np.inf,
    )  # fmt: skip
    rows = np.array([0, 1, 2])
    paid = np.zeros_like(moves) if wages is None else wages
    draws = (Draws(rows, x.astype(np.float32), 4) for x in (moves, paid))
    return Cells(named, *draws)


def care(moves: np.ndarray, wages: np.ndarray | None = None) -> Sums:
    return sum_by_place(cells(moves, wages), MEMBERS, ["candidate"])


def row(sums: Sums, region: str, place: str = "region") -> pd.Series:
    table = sums.table
    return table[(table["region"] == region) & (table["place"] == place)].iloc[0]


def test_two_cells_that_share_what_their_parent_leaves_add_up_to_it_exactly():
    east = row(care(np.stack([SPREAD, -SPREAD, 0 * SPREAD])), "east")
    ends = [east[f"annual_avg_emplvl{end}"] for end in ("", "_lo", "_hi")]
    assert ends == [100, 100, 100]
    assert east["emplvl_estimated_share"] == 1


def test_errors_that_do_not_cancel_widen_the_sum():
    east = row(care(np.stack([SPREAD, SPREAD, 0 * SPREAD])), "east")
    # Nine tenths of a spread of 2 · 20 to either side; draws are single precision.
    assert east["annual_avg_emplvl_lo"] == pytest.approx(100 - 36, rel=1e-6)
    assert east["annual_avg_emplvl_hi"] == pytest.approx(100 + 36, rel=1e-6)


def test_draws_are_held_to_what_published_numbers_allow():
    sums = care(np.stack([0 * SPREAD, 0 * SPREAD, 3 * SPREAD]))
    west = row(sums, "west")
    assert (west["annual_avg_emplvl_lo"], west["annual_avg_emplvl_hi"]) == (20, 45)
    assert (west["annual_avg_emplvl_min"], west["annual_avg_emplvl_max"]) == (20, 45)
    at = np.flatnonzero((sums.table["region"] == "west") & (sums.table["place"] == "region"))
    drawn = sums.draws("annual_avg_emplvl", at)
    assert (drawn.min(), drawn.max()) == (20, 45)


def test_a_draw_of_less_than_half_a_job_is_none_and_has_no_pay():
    """Wages over a millionth of a job are no pay; one hair below nothing is no job either."""
    table = care(np.stack([0 * SPREAD] * 3)).table.iloc[:1]
    table = table.assign(annual_avg_emplvl=2.0, total_annual_wages=80_000.0)
    moves = {
        "annual_avg_emplvl": np.linspace(-2.0 - 1e-6, 2.0, K, dtype=np.float32)[None],
        "total_annual_wages": np.zeros((1, K), dtype=np.float32),
    }
    sums = Sums(table, np.array([0]), moves)
    drawn = sums.draws("annual_avg_emplvl", np.array([0]))
    assert drawn.min() == 0
    assert drawn[drawn > 0].min() >= 0.5
    pay = pay_of(sums)
    assert np.isnan(pay.lo["avg_annual_pay"]).all(), "in an eighth of the draws nobody works"


def test_narrower_limits_of_a_sum_take_the_place_of_its_cells_bounds():
    """East's cells hold 10 to 110 and 0 to 90 each, both together 95 to 105."""
    moves = np.stack([SPREAD, SPREAD, 0 * SPREAD])

    def limits(group, row, n):
        assert sorted(zip(group.tolist(), row.tolist(), strict=True)) == [
            (0, 3),
            (1, 0),
            (1, 1),
            (2, 2),
        ]
        assert n == 3
        return np.array([5000.0, 95.0, 20.0]), np.array([5000.0, 105.0, 45.0])

    east = row(sum_by_place(cells(moves), MEMBERS, ["candidate"], limits), "east")
    assert [east[f"annual_avg_emplvl_{end}"] for end in ("min", "max")] == [95, 105]
    assert [east[f"annual_avg_emplvl_{end}"] for end in ("lo", "hi")] == [95, 105]
    wide = row(care(moves), "east")
    assert [wide[f"annual_avg_emplvl_{end}"] for end in ("min", "max")] == [10, 200]


def test_what_is_published_in_full_has_no_width():
    nation = row(care(np.stack([SPREAD] * 3)), "west", "nation")
    for name in ("annual_avg_emplvl", "total_annual_wages"):
        assert nation[f"{name}_lo"] == nation[name] == nation[f"{name}_hi"]


def test_the_nation_is_added_up_once_for_all_regions():
    sums = care(np.stack([SPREAD] * 3))
    assert len(sums.table) == 4
    assert len(sums.moves["annual_avg_emplvl"]) == 2, "two regions have withheld cells"


def test_sums_under_one_another_keep_their_own_draws():
    first, second = (care(np.stack([SPREAD * n] * 3)) for n in (0, 1))
    both = join([first, second])
    widths = both.table["annual_avg_emplvl_hi"] - both.table["annual_avg_emplvl_lo"]
    drawn = both.draws("annual_avg_emplvl", np.arange(len(both.table)))
    spread = drawn.max(axis=1) - drawn.min(axis=1)
    assert widths.tolist()[:4] == spread.tolist()[:4] == [0] * 4
    assert (spread[4:] >= widths[4:]).all() and (spread[6:] > 0).all()


def test_pay_is_the_wages_of_a_draw_over_its_jobs():
    """More jobs than thought come with more wages, so pay is surer than either."""
    moves = np.stack([SPREAD, SPREAD, SPREAD])
    pay = pay_of(care(moves, 50_000 * moves).of("region"))
    east = {end: x["avg_annual_pay"][0] for end, x in (("lo", pay.lo), ("hi", pay.hi))}
    # Both cells pay 50,000 a job in every draw; single precision of wages in the millions.
    assert east == pytest.approx({"lo": 50_000, "hi": 50_000}, rel=1e-6)


def total() -> Sums:
    """All jobs of every place, ten times those of care and published."""
    sums = care(np.zeros((3, K)))
    names = [c for c in sums.table if c.startswith(("annual_avg", "total_annual"))]
    table = sums.table.assign(**{c: 10 * sums.table[c] for c in names}).drop(columns="candidate")
    return replace(sums, table=table, drawn_at=np.full(len(table), -1))


def test_every_measure_has_its_interval_by_its_own_formula():
    moves = np.stack([0 * SPREAD, 0 * SPREAD, 0.5 * SPREAD])
    thresholds = pd.DataFrame({"region": ["west"], "threshold_annual_wage": [40_000.0]})
    table, kept = levels(care(moves), total(), thresholds, ["candidate"], keep=True)
    west = table.set_index("region").loc["west"]
    for name, at in (
        ("emplvl_share", lambda jobs: jobs / 300),
        ("emplvl_per_estab", lambda jobs: jobs / 10),
        ("lq", lambda jobs: (jobs / 300) / (5000 / 50_000)),
        ("avg_annual_pay", lambda jobs: 900_000 / jobs),
        ("annual_avg_wkly_wage", lambda jobs: 900_000 / jobs / 52),
        ("pay_to_threshold_ratio", lambda jobs: 900_000 / jobs / 40_000),
    ):
        expected = sorted(at(jobs) for jobs in (21, 39))
        found = [west[f"{name}_lo"], west[f"{name}_hi"]]
        # Between two of 101 draws a curved measure is interpolated straight.
        assert found == pytest.approx(expected, rel=1e-3), name
        assert west[name] == pytest.approx(at(30), rel=1e-12), name
        assert kept.draws[name].shape[1] == K
    assert np.isnan(west["lq_state_lo"]), "no state to compare with"


def test_an_uncertain_total_makes_the_share_uncertain_though_the_sector_is_published():
    sums, whole = care(np.zeros((3, K))), total()
    uncertain = care(np.stack([SPREAD] * 3))
    whole = replace(whole, drawn_at=uncertain.drawn_at, moves=uncertain.moves)
    certain = replace(sums, drawn_at=np.full(4, -1))
    nothing = pd.DataFrame({"region": [], "threshold_annual_wage": []}, dtype="object")
    table, _ = levels(certain, whole, nothing, ["candidate"])
    assert (table["emplvl_share_lo"] < table["emplvl_share_hi"]).all()
    assert (table["avg_annual_pay_lo"] == table["avg_annual_pay_hi"]).all()


def test_growth_pairs_draw_with_draw():
    """The same cell, guessed too high in both years, has the right growth."""
    first = care(np.stack([SPREAD, SPREAD, 0 * SPREAD])).of("region")
    second = replace(
        first,
        table=first.table.assign(annual_avg_emplvl=1.1 * first.table["annual_avg_emplvl"]),
        moves={name: np.float32(1.1) * x for name, x in first.moves.items()},
    )
    table, _ = growth_between(first, second, ["candidate"], (2018, 2023))
    east = table.set_index("region").loc["east"]
    assert east["emplvl_pct_chg"] == pytest.approx(10)
    # Single precision of the draws.
    assert east["emplvl_pct_chg_lo"] == pytest.approx(10, abs=1e-4)
    assert east["emplvl_pct_chg_hi"] == pytest.approx(10, abs=1e-4)
    assert east["emplvl_chg_lo"] < 10 < east["emplvl_chg_hi"]
