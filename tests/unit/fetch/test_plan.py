"""Which files follow from a state: its counties, its neighbors, the nation, the years."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from lmi.config import StateConfig, load_state
from lmi.errors import FetchError
from lmi.fetch.plan import FileGroup, default_years, plan, sources_named, years_named

TODAY = date(2024, 12, 1)


def areas(group: FileGroup) -> list[str]:
    return [w.url.rpartition("/")[2].removesuffix(".csv") for w in group.files]


def crossing(tmp_path: Path, fips: str, name: str, *counties: str, extra: str = "") -> StateConfig:
    folder = tmp_path / name.lower()
    folder.mkdir()
    listed = ", ".join(f'"{c}"' for c in counties)
    (folder / "state.yml").write_text(
        f'state: {name}\nstate_fips: "{fips}"\ntitle: T\nsource: {{name: S}}\n{extra}'
        f"regions:\n  one: {{name: One, counties: [{listed}]}}\n"
    )
    return load_state(folder)


def test_a_year_of_colorado_is_the_state_its_counties_and_the_nation():
    (group,) = plan(load_state("colorado"), TODAY, ["qcew"], [2022])
    assert areas(group)[0] == "08000", "the state tells whether there are any"
    assert len(areas(group)) == 1 + 64 + 1 + 1
    assert {"08001", "08014", "08999", "US000"} <= set(areas(group))
    assert [g.files[0].period for g in group.instead] == [f"2022 Q{q}" for q in "1234"]


def test_counties_in_neighbor_states_come_with_their_state(tmp_path: Path):
    state = crossing(tmp_path, "10", "Delaware", "10003", "24015")
    (group,) = plan(state, TODAY, ["qcew"], [2022])
    assert areas(group) == [
        "10000", "10001", "10003", "10005", "24015", "10999", "24000", "US000",
    ]  # fmt: skip
    flows = plan(state, TODAY, ["flows"])[0]
    names = [w.url.rpartition("/")[2] for w in flows.files]
    assert names == [f"{s}_od_{p}_JT01_2021.csv.gz" for s in ("de", "md") for p in ("main", "aux")]


def test_the_usual_years_are_five_those_that_growth_needs_and_the_one_begun():
    assert default_years(TODAY) == (2013, 2018, 2019, 2020, 2021, 2022, 2023, 2024)
    periods = [g.files[0].period for g in plan(load_state("hawaii"), TODAY, ["qcew"])]
    assert periods == [
        "2013", "2018", "2019", "2020", "2021", "2022", "2023", "2024 Q1",
    ]  # fmt: skip


def test_all_quarters_can_be_asked_for():
    found = plan(load_state("hawaii"), TODAY, ["quarters"], [2022, 2024])
    assert [g.files[0].period for g in found] == [
        "2022 Q1", "2022 Q2", "2022 Q3", "2022 Q4", "2024 Q1",
    ]  # fmt: skip


def test_only_counties_of_the_year_are_asked_for(tmp_path: Path):
    state = crossing(tmp_path, "09", "Connecticut", "09120", "09190")
    before, after = plan(state, date(2025, 12, 1), ["qcew"], [2023, 2024])
    assert "09001" in areas(before)
    assert "09120" not in areas(before)
    assert "09120" in areas(after)
    assert "09001" not in areas(after)


def test_a_county_that_came_or_went_may_be_lacking():
    alaska = [w for w in _areas_of("02", 2020) if w.may_lack]
    assert {"02063", "02066", "02999"} <= {w.url[-9:-4] for w in alaska}
    colorado = [w for w in _areas_of("08", 2020) if w.may_lack]
    assert [w.url[-9:-4] for w in colorado] == ["08999"]


def _areas_of(fips: str, year: int) -> list:
    from lmi.fetch.plan import _areas

    state = load_state("colorado").model_copy(update={"state_fips": fips, "regions": ()})
    return list(_areas(state, year, "a"))


def test_boundaries_are_of_the_last_year_of_the_figures_or_the_nearest():
    (group,) = plan(load_state("colorado"), TODAY, ["boundaries"], [2016, 2021])
    chain = [group]
    for each in chain:
        chain += each.instead
    assert [g.files[0].year for g in chain][:5] == [2021, 2020, 2019, 2018, 2017]
    assert chain[5].files[0].year == 2023
    assert all(len(g.files) == 2 for g in chain)


def test_boundaries_have_the_counties_of_the_figures(tmp_path: Path):
    state = crossing(tmp_path, "09", "Connecticut", "09001", extra="county_year: 2023\n")
    (group,) = plan(state, TODAY, ["boundaries"], [2023])
    assert group.files[0].year <= 2021, "the newer maps have planning regions"


def test_labor_force_is_a_file_a_year():
    found = plan(load_state("colorado"), TODAY, ["laus"], [2022, 2023, 2024])
    assert [g.files[0].url[-13:] for g in found] == ["laucnty22.xlsx"[1:], "laucnty23.xlsx"[1:]]


def test_thresholds_need_no_file():
    assert plan(load_state("colorado"), TODAY, ["thresholds"]) == []


def test_the_sample_is_not_fetched():
    with pytest.raises(FetchError, match="fictional"):
        plan(load_state("sample"), TODAY, ["qcew"])


def test_what_is_named():
    assert sources_named(" qcew, laus,qcew ") == ("qcew", "laus")
    assert "qcew" in sources_named(None)
    with pytest.raises(FetchError, match="no source 'qcw'; perhaps you meant 'qcew'"):
        sources_named("qcw")


@pytest.mark.parametrize(
    ("text", "found"),
    [("2016", (2016,)), ("2015-2017", (2015, 2016, 2017)), ("2023, 2016", (2016, 2023))],
)
def test_years_are_read(text: str, found: tuple[int, ...]):
    assert years_named(text) == found


@pytest.mark.parametrize("text", ["20x6", "2017-2015", "-2015", "2015-", "1850", "2015-99999"])
def test_other_years_are_refused(text: str):
    with pytest.raises(FetchError, match="The years are"):
        years_named(text)
