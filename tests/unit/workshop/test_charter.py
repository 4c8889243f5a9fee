"""What a session begins with."""

from __future__ import annotations

from pathlib import Path

import pytest

from lmi.assessment.basis import QUOTED_NATION
from lmi.assessment.live_state import open_live
from lmi.config import load_state
from lmi.store import Store
from lmi.workshop.charter import begin


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
