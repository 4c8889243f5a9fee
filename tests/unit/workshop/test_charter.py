"""What a session begins with."""

from __future__ import annotations

from pathlib import Path

import pytest

from lmi.assessment.basis import QUOTED_NATION
from lmi.assessment.live_state import open_live
from lmi.config import SetAside, load_state
from lmi.store import Store
from lmi.workshop.charter import SessionCharter, begin


@pytest.mark.parametrize(
    ("slug", "region", "year", "is_quoted"),
    [("ohio", "central-ohio", 2023, True), ("colorado", "region-12", 2016, False)],
)
def test_the_screens_say_where_the_nation_is_from(real_store: Path, slug, region, year, is_quoted):
    state = load_state(slug)
    live = open_live(Store(real_store), state, year)
    assert live.quotes_nation == is_quoted
    charter = begin(live, state.region(region))
    assert (QUOTED_NATION in charter.source) == is_quoted


def test_a_session_from_before_losing_jobs_set_anybody_aside_opens_as_it_was(begun):
    kept = begun.charter.model_dump(mode="json")
    del kept["set_aside"]
    kept["criteria"][0]["screen"] = {"flag": "decline", "below": 0}
    opened = SessionCharter.model_validate(kept)
    assert opened.criteria[0].screen is None
    assert opened.criteria[1:] == begun.charter.criteria[1:]
    assert opened.asked.set_aside == SetAside(), "nobody is set aside that the room saw ranked"
