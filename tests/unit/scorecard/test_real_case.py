"""The catalogue can hold a real partnership, as far as what was published of it goes."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from lmi import locations
from lmi.config import load_state
from lmi.missing import Missing
from lmi.scorecard.card import Scorecard, make_card
from lmi.scorecard.dashboard import build_dashboard
from lmi.scorecard.files import load_partnerships
from lmi.scorecard.tables import metrics_table

CASE = Path(__file__).with_name("real_case")


@pytest.fixture
def card(tmp_path: Path) -> Scorecard:
    """The partnership's card, in its real state."""
    root = tmp_path / "regions"
    shutil.copytree(locations.regions_dir() / "arizona", root / "arizona")
    for name in ("criteria.yml", "sectors.yml"):
        shutil.copy(locations.regions_dir() / name, root / name)
    shutil.copytree(CASE, root / "arizona" / "partnerships")
    (found,) = load_partnerships(load_state("arizona", root), root)
    return make_card(found, None, Missing("numbers", "none were asked for", "ask"))


def test_it_stands_in_the_catalogue_without_a_metric_of_its_own(card):
    assert card.partnership.said.own_metrics == {}
    assert {row["metric"] for row in card.readings.stories} | {"businesses-engaged"} >= {
        "career-awareness", "community-projects", "training-cost-shared"
    }  # fmt: skip
    assert card.phase.phase == "active"  # an output each of several employers; no impact published
    assert {claim.source for claim in card.phase.claims} == {"EMA", "NGSP"}


def test_what_was_not_published_is_missing_and_counts_nowhere(card):
    told = metrics_table(card, "impact").frame.set_index(["metric", "year"])["told"]
    assert told["training-cost-shared", 2019] == "n/a"
    assert told["career-awareness", 2017] == "100 people"
    dashboard = build_dashboard(card.partnership.state, [card.partnership], 2019)
    assert all(one.total is None for one in dashboard.common)  # nobody of the handful reported
    assert not card.illustrative
