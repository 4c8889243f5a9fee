"""What a session begins with."""

from __future__ import annotations

from pathlib import Path

import pytest

from lmi.assessment.live_state import open_live
from lmi.assessment.opening import OpenedState
from lmi.config import SetAside, load_state
from lmi.store import Store
from lmi.workshop.charter import SessionCharter, begin, differences


@pytest.mark.parametrize(
    ("slug", "region", "year", "base", "caveats"),
    [
        ("ohio", "central-ohio", 2023, None, ["derived from the quotients"]),
        ("ohio", "central-ohio", 2023, 2020, ["derived from the quotients", "in part recovery"]),
        ("colorado", "region-12", 2016, None, ["not the agency's file but rebuilt"]),
    ],
)
def test_the_screens_say_where_the_nation_is_from_and_what_growth_since_the_pandemic_is(
    real_store: Path, slug, region, year, base, caveats
):
    state = load_state(slug)
    live = open_live(Store(real_store), state, year, base)
    charter = begin(live, state.region(region))
    assert len(live.caveats) == len(caveats)
    assert all(said in charter.source for said in caveats)


def test_a_laptop_without_the_state_is_not_said_to_measure_a_new_scope(begun, tmp_path):
    """A session that goes on where there is no data of the state keeps to what it has."""
    bare = OpenedState(Store(tmp_path / "empty"), load_state("sample"), tmp_path)
    told = " ".join(differences(begun.charter, bare))
    assert f"nothing of {begun.charter.state_name}" in told and "cannot be measured" in told
    assert "is measured from the store as it is now" not in told


def test_a_session_from_before_losing_jobs_set_anybody_aside_opens_as_it_was(begun):
    kept = begun.charter.model_dump(mode="json")
    del kept["set_aside"]
    kept["criteria"][0]["screen"] = {"flag": "decline", "below": 0}
    opened = SessionCharter.model_validate(kept)
    assert opened.criteria[0].screen is None
    assert opened.criteria[1:] == begun.charter.criteria[1:]
    assert opened.asked.set_aside == SetAside(), "nobody is set aside that the room saw ranked"
