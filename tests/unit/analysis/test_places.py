"""A region is made of all its counties or not at all."""

from __future__ import annotations

from pathlib import Path

import pytest

from lmi.analysis.places import members_of, required_counties
from lmi.analysis.span import choose_years
from lmi.config import Citation, Region, StateConfig
from lmi.errors import StoreError
from lmi.store import Store
from tests.builders import qcew, take_in, write


def state_of(*regions: Region) -> StateConfig:
    source = Citation(name="a test", url="https://example.org", retrieved="2026-11-22")
    return StateConfig(
        slug="oregon", name="Oregon", state_fips="41", title="Areas", source=source,
        regions=regions, folder=Path(),
    )  # fmt: skip


LANE = Region(state="oregon", key="lane", name="Lane", counties=["41039"])
GORGE = Region(state="oregon", key="gorge", name="The Gorge", counties=["41065", "53059"])


def test_a_region_that_lacks_a_county_fails_alone_and_says_which():
    present = ["41039", "41065", "41000", "US000"]
    members, failed = members_of(state_of(LANE, GORGE), present, present, 2023)
    assert set(members["region"]) == {"lane"}
    assert "53059 Skamania" in failed["gorge"] and "ingest" in failed["gorge"]


def test_a_reference_of_two_states_needs_both():
    present = ["41065", "53059", "41000", "US000"]
    members, failed = members_of(state_of(GORGE), present, present, 2023)
    assert not failed
    assert sorted(set(members["place"])) == ["nation", "region"], "half a reference is none"


def test_nothing_at_all_is_an_error():
    with pytest.raises(StoreError, match="41039 Lane"):
        members_of(state_of(LANE), ["US000"], [], 2023)


def test_a_county_is_needed_in_its_own_years_only():
    both = ["02063", "02066", "02261"]
    assert required_counties(both, 2016, ()) == {"02261"}
    assert required_counties(both, 2023, ()) == {"02063", "02066"}


def test_the_newest_year_is_one_of_the_state_itself(tmp_path):
    """The files of a state beyond the line may be newer; without any of its own they count."""
    store, state = Store(tmp_path / "store"), state_of(LANE, GORGE)
    beyond = write(tmp_path / "53.csv", qcew("53059 0 10 10 90 900", 2019))
    take_in(store, beyond)
    assert choose_years(store, state).year == 2019
    take_in(store, write(tmp_path / "41.csv", qcew("41039 0 10 10 90 900", 2017)))
    assert choose_years(store, state).year == 2017
