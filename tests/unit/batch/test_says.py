"""A change around a region leaves its profile as it is; a change of anything in it does not."""

from __future__ import annotations

from dataclasses import fields, replace

import pandas as pd
import pytest

from lmi.assessment.opening import OpenedRegion, open_region
from lmi.assessment.state_tables import StateTables
from lmi.batch.plan import made_of
from lmi.batch.says import plain, what_it_says
from lmi.config import Region, list_states, load_state
from tests.conftest import Analyse

KEY = "cinder-basin"
NO_REGIONS = ("total",)
NOT_SHOWN = ("shift_share",)  # the state's workbook alone has it


@pytest.fixture(scope="module")
def opened(sample_store) -> OpenedRegion:
    return open_region(f"sample/{KEY}", store=sample_store)


@pytest.fixture(scope="module")
def tables(analysed: Analyse, opened) -> StateTables:
    return analysed(opened.store, opened.state)


@pytest.fixture(scope="module")
def parts(opened):
    return made_of(opened.store, opened.state, opened.root, {"paper": "a4"})


@pytest.fixture(scope="module")
def before(opened, tables, parts) -> str:
    return what_it_says(opened, tables, parts)


def with_regions(opened: OpenedRegion, change, key: str) -> OpenedRegion:
    regions = [change(r) if r.key == key else r for r in opened.state.regions]
    state = opened.state.model_copy(update={"regions": tuple(regions)})
    return replace(opened, state=state, region=state.region(KEY))


def noted(region: Region) -> Region:
    return region.model_copy(update={"note": "Said anew."})


def changed(frame: pd.DataFrame, rows: pd.Series) -> pd.DataFrame:
    """The same table with another number, or word, in the last column of one of the rows."""
    found = frame.copy()
    at, kind = int(rows.to_numpy().nonzero()[0][0]), found.dtypes.iloc[-1]
    is_truth = pd.api.types.is_bool_dtype(kind)
    is_number = pd.api.types.is_numeric_dtype(kind) and not is_truth
    found.iloc[at, -1] = 12345 if is_number else not found.iloc[at, -1] if is_truth else "other"
    return found


def test_another_regions_words_and_counties_change_nothing(opened, tables, parts, before):
    for change in (noted, lambda r: r.model_copy(update={"counties": r.counties[:2]})):
        other = with_regions(opened, change, "crossway")
        assert what_it_says(other, tables, parts) == before
    assert what_it_says(with_regions(opened, noted, KEY), tables, parts) != before


@pytest.mark.parametrize("name", StateTables.names())
def test_a_number_of_another_region_changes_nothing_and_one_of_its_own_does(
    opened, tables, parts, before, name
):
    frame = getattr(tables, name)
    if frame.empty:
        pytest.skip(f"the sample has no {name}")
    own = frame["kind"] == "state" if name in NO_REGIONS else frame["region"] == KEY
    for rows, is_same in ((own, name in NOT_SHOWN), (~own, True)):
        if rows.any():
            other = replace(tables, **{name: changed(frame, rows)})
            assert (what_it_says(opened, other, parts) == before) == is_same


@pytest.mark.parametrize("key", ["notes", "breaks", "sources", "nation"])
def test_what_is_said_of_the_whole_state_is_said_of_it(opened, tables, parts, before, key):
    other = replace(tables, meta={**tables.meta, key: ["another"] if key != "nation" else {}})
    assert what_it_says(opened, other, parts) != before


def test_another_map_logo_or_criterion_changes_it(opened, tables, parts, before):
    of_map = {name: "anew" for name in parts["data"] if name.startswith("boundaries/")}
    assert of_map
    assert what_it_says(opened, tables, parts | {"data": parts["data"] | of_map}) != before
    logo = parts["definitions"] | {"sample/logo.svg": "a"}
    assert what_it_says(opened, tables, parts | {"definitions": logo}) != before
    asked = opened.asked._replace(criteria=opened.asked.criteria[1:])
    assert what_it_says(replace(opened, asked=asked), tables, parts) != before


def test_all_that_a_profile_holds_is_known_and_nothing_is_left_out_in_silence():
    assert {f.name for f in fields(StateTables)} > {*NO_REGIONS, *NOT_SHOWN}
    with pytest.raises(TypeError, match="holds a object, of which no hash is known"):
        plain({"a": object()})


@pytest.mark.parametrize("state", list_states())
def test_whatever_a_definition_of_a_state_holds_is_known(state):
    """The sample has no date on which its list of regions was retrieved; others have."""
    assert plain(load_state(state))["slug"] == state
