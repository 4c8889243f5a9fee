"""A state's file: its head, its regions, and finding a region by its name in commands."""

from __future__ import annotations

import datetime

import pytest

from lmi.config import Region, find_region, list_states, load_state
from lmi.errors import ConfigError

ONE_REGION = 'regions:\n  north: {name: North, counties: ["08069"]}\n'


def head(**changes: str) -> str:
    says = {
        "state": "Colorado",
        "state_fips": '"08"',
        "title": "Regions",
        "source": "{name: The office}",
    } | changes
    return "".join(f"{key}: {value}\n" for key, value in says.items())


def test_a_state_as_its_author_wrote_it(colorado):
    state = colorado(
        """\
        partition: no
        regions:
          south: {name: South, counties: ["08101"], note: Steel and wind.}
          north:
            name: North
            counties:
              - "08123" # Weld
              - "08069" # Larimer
        """,
        head(source="{name: The office, url: 'https://example.gov', retrieved: 2026-11-22}"),
    )
    assert (state.slug, state.name, state.state_fips) == ("colorado", "Colorado", "08")
    assert [region.id for region in state.regions] == ["colorado/south", "colorado/north"]
    assert state.region("north").counties == ("08069", "08123"), "in ascending order"
    assert state.region("south").note == "Steel and wind."
    assert state.source.retrieved == datetime.date(2026, 11, 22)
    assert not state.partition
    assert not state.illustrative


def test_a_region_may_cross_a_state_line_and_is_compared_with_both_states(colorado):
    state = colorado('regions:\n  nw: {name: NW, counties: ["08081", "49047", "56007"]}\n')
    region = state.region("nw")
    assert region.state_fips == ("08", "49", "56")
    assert region.reference_states == ("08000", "49000", "56000")
    assert region.nation == "US000"


def test_the_sample_state_is_illustrative_and_has_a_nation_of_its_own(write):
    file = write("sample/state.yml", head(state="Sampleland", state_fips='"99"') + ONE_REGION)
    file.write_text(file.read_text().replace("08069", "99001"))
    state = load_state(file)
    assert state.illustrative
    assert state.regions[0].nation == "ZZ000"
    assert state.regions[0].reference_states == ("99000",)


@pytest.mark.parametrize(
    ("text", "line", "says"),
    [
        ("", 1, "regions: this key is missing"),
        ("regions:\n", 5, "regions: nothing is written after the colon"),
        ("regions: {}\n", 5, "regions: a group of keys has nothing in it"),
        ("regions:\n  north: North\n", 6, "regions.north: 'key: value' lines are expected"),
        (
            'regions:\n  north: {name: North, countys: ["08069"]}\n',
            6,
            "regions.north.countys: the key is unknown; perhaps you meant 'counties'.",
        ),
        (
            'regions:\n  north: {name: North, people: 3, counties: ["08069"]}\n',
            6,
            "the key is unknown; known are name, counties, include, exclude and note.",
        ),
        (
            'regions:\n  north: {counties: ["08069"]}\n',
            6,
            "regions.north.name: this key is missing",
        ),
        ('regions:\n  north: {name: , counties: ["08069"]}\n', 6, "nothing is written"),
        ('regions:\n  north: {name: " ", counties: ["08069"]}\n', 6, "the text is empty"),
        ('regions:\n  north: {name: [a], counties: ["08069"]}\n', 6, "a list is not a text"),
        ('regions:\n  north: {name: N, counties: "08069"}\n', 6, "'08069' is not a list"),
        ('regions:\n  Front Range: {name: F, counties: ["08069"]}\n', 6, "write 'front-range'"),
        ('regions:\n  ../north: {name: F, counties: ["08069"]}\n', 6, "'../north' cannot be a key"),
        ('regions:\n  con: {name: F, counties: ["08069"]}\n', 6, "Windows keeps for itself"),
        ('partition: maybe\nregions: {n: {name: N, counties: ["08069"]}}\n', 5, "true nor false"),
        ("county_year: soon\n" + ONE_REGION, 5, "'soon' is not a whole number"),
        ("county_year: 23\n" + ONE_REGION, 5, "23 is no year of county boundaries"),
        ("state: Oregon\n" + ONE_REGION, 5, "the key 'state' stands twice, first in line 1"),
    ],
)
def test_a_mistake_is_named_with_its_line(colorado, refusal, text, line, says):
    assert says in refusal(lambda: colorado(text), line)


@pytest.mark.parametrize(
    ("changes", "line", "says"),
    [
        ({"state_fips": "08"}, 2, "the code 08 stands without quotes, where YAML may drop"),
        ({"state_fips": '"8"'}, 2, "'8' is not a state code, which is two digits such as \"08\""),
        ({"state_fips": '"98"'}, 2, "no state has the code '98'"),
        ({"state_fips": '"41"'}, 2, "'41' is the code of Oregon, not of Colorado"),
        ({"source": "{url: here}"}, 4, "source.name: this key is missing"),
        ({"source": "{name: x, retrieved: lately}"}, 4, "'lately' is not a date"),
    ],
)
def test_a_mistake_in_the_head_is_named_with_its_line(colorado, refusal, changes, line, says):
    assert says in refusal(lambda: colorado(ONE_REGION, head(**changes)), line)


def test_the_first_of_several_mistakes_is_reported(colorado, refusal):
    text = "regions:\n  b: {name: B, oops: 1}\n  a: {nmae: A}\n"
    assert "regions.b.oops" in refusal(lambda: colorado(text), 6)


@pytest.fixture
def two_states(write, tmp_path):
    write("colorado/state.yml", head() + ONE_REGION)
    write(
        "oregon/state.yml",
        head(state="Oregon", state_fips='"41"')
        + 'regions:\n  north: {name: N, counties: ["41007"]}\n'
        + '  lane: {name: Lane, counties: ["41039"]}\n',
    )
    write("Not A State/state.yml", "")
    write("empty/readme.txt", "")
    return tmp_path / "regions"


def test_states_are_folders_with_a_state_file(two_states):
    assert list_states(two_states) == ("colorado", "oregon")


def test_a_region_is_found_by_state_and_key_or_by_a_key_that_only_one_state_has(two_states):
    for name in ("oregon/lane", "lane"):
        state, region = find_region(name, two_states)
        assert (state.slug, region.key) == ("oregon", "lane")


@pytest.mark.parametrize(
    ("name", "says"),
    [
        (
            "north",
            "more than one state has a region 'north'; write 'colorado/north' or 'oregon/north'",
        ),
        ("lain", "no state has a region 'lain'; perhaps you meant 'lane'"),
        ("oregon/lain", "oregon has no region 'lain'; perhaps you meant 'lane'"),
        ("oregano/lane", "there is no state 'oregano'; perhaps you meant 'oregon'"),
        ("../oregon/lane", "is not the name of a region, which is STATE/REGION"),
        ("/etc/passwd", "is not the name of a region, which is STATE/REGION"),
        ("", "no state has a region ''"),
    ],
)
def test_a_region_that_cannot_be_found(two_states, refusal, name, says):
    assert says in refusal(lambda: find_region(name, two_states), None)


def test_a_broken_state_hides_no_region_of_another(two_states, write, refusal):
    write("broken/state.yml", "regions: [\n")
    assert find_region("lane", two_states)[1].id == "oregon/lane"
    assert "not valid YAML" in refusal(lambda: find_region("lain", two_states), 1)


def test_a_state_is_read_from_its_slug_its_folder_or_its_file(two_states):
    folder = two_states / "oregon"
    for where in (folder, folder / "state.yml", str(folder)):
        assert load_state(where).slug == "oregon"
    assert load_state("oregon", two_states).folder == folder


def test_a_state_that_is_not_there(two_states, refusal, tmp_path):
    assert "perhaps you meant 'oregon'" in refusal(lambda: load_state("Oregon", two_states), None)
    said = refusal(lambda: load_state("texas", two_states), None)
    assert "the states here are colorado and oregon" in said
    assert "no such folder" in refusal(lambda: load_state("texas", tmp_path / "nowhere"), None)


def test_the_folder_names_the_state_so_its_name_is_checked(write, refusal):
    file = write("New Mexico/state.yml", head() + ONE_REGION)
    assert "write 'new-mexico'" in refusal(lambda: load_state(file), None)


def test_a_region_made_in_code_is_held_to_the_same_rules():
    with pytest.raises(ValueError, match="'08999' is not a county"):
        Region(state="colorado", key="r", name="R", counties=("08999",))
    with pytest.raises(ValueError, match="another nation"):
        Region(state="colorado", key="r", name="R", counties=("08001", "99001"))
    with pytest.raises(ValueError, match="cannot be a key"):
        Region(state="colorado", key="../r", name="R", counties=("08001",))


def test_an_unknown_key_is_a_config_error_of_the_state(two_states):
    with pytest.raises(
        ConfigError, match="colorado has no region 'nort'; perhaps you meant 'north'"
    ):
        load_state("colorado", two_states).region("nort")
