"""What is saved is in the file, is read back as it was meant, and disturbs nothing beside it."""

from __future__ import annotations

import shutil
from pathlib import Path
from textwrap import dedent

import pytest
from yaml.nodes import MappingNode, ScalarNode, SequenceNode

from lmi import locations
from lmi.config import Candidate, Region, StateConfig, load_asked, load_candidates, load_state
from lmi.config.save import save_candidates, save_region, save_weights, says_the_same
from lmi.config.yaml_edit import YamlText
from lmi.errors import ConfigError

SHIPPED = locations.regions_dir()
OREGON = """\
# Who drew it: nobody.
state: Oregon
state_fips: "41"
title: Workforce areas
source: {name: The office} # a list

regions:
  # the coast
  coast:
    name: The Coast
    counties: # two of seven
      - "41007" # Clatsop
      - "41057" # Tillamook

  gorge: {name: The Gorge, counties: ["41027", "41065"]}
"""
PARTITION = """\
state: Delaware
state_fips: "10"
title: Counties
source: {name: The office}
partition: true
regions:
  north:
    name: North
    counties: ["10003"] # New Castle
  south:
    name: South
    counties:
      - "10001" # Kent
      - "10005" # Sussex
# the end
"""


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of definitions of one's own."""
    folder = tmp_path / "regions"
    folder.mkdir()
    for name in ("sectors.yml", "criteria.yml"):
        shutil.copyfile(SHIPPED / name, folder / name)
    monkeypatch.setenv("LMI_REGIONS", str(folder))
    return folder


@pytest.fixture
def oregon(home: Path) -> StateConfig:
    return written(home, "oregon", OREGON)


@pytest.fixture
def delaware(home: Path) -> StateConfig:
    return written(home, "delaware", PARTITION)


def written(home: Path, slug: str, text: str, name: str = "state.yml") -> StateConfig:
    file = home / slug / name
    file.parent.mkdir(exist_ok=True)
    file.write_text(dedent(text), encoding="utf-8")
    return load_state(home / slug)


def text_of(state: StateConfig, name: str = "state.yml") -> str:
    return (state.folder / name).read_text(encoding="utf-8")


def changed_lines(before: str, after: str) -> tuple[list[str], list[str]]:
    """The lines that went and those that came, in order."""
    old, new = before.splitlines(), after.splitlines()
    return [x for x in old if x not in new], [x for x in new if x not in old]


# -- regions


def test_a_county_more_is_a_line_more(oregon):
    wider = oregon.region("coast").model_copy(update={"counties": ("41007", "41041", "41057")})
    path = save_region(oregon, wider, names={"41041": "Lincoln"})
    assert path == oregon.folder / "state.yml"
    assert changed_lines(OREGON, text_of(oregon)) == ([], ['      - "41041" # Lincoln'])
    assert load_state("oregon").region("coast") == wider


def test_a_county_less_is_a_line_less(oregon):
    narrower = oregon.region("coast").model_copy(update={"counties": ("41007",)})
    save_region(oregon, narrower)
    assert changed_lines(OREGON, text_of(oregon)) == (['      - "41057" # Tillamook'], [])


def test_a_list_in_brackets_stays_one(oregon):
    narrower = oregon.region("gorge").model_copy(update={"counties": ("41065",)})
    save_region(oregon, narrower)
    assert '  gorge: {name: The Gorge, counties: ["41065"]}\n' in text_of(oregon)


def test_a_new_region_stands_at_the_end(oregon):
    new = Region(state="oregon", key="inland", name='The "Inland"', counties=("41047", "41053"))
    save_region(oregon, new, oregon.region("coast"), {"41047": "Marion", "41053": "Polk"})
    assert text_of(oregon) == OREGON + (
        '  inland:\n    name: "The \\"Inland\\""\n'
        '    counties:\n      - "41047" # Marion\n      - "41053" # Polk\n'
    )
    assert load_state("oregon").region("inland") == new


def test_a_name_is_text_and_nothing_else(oregon):
    name = "yes: {a: [b]} # no\\ & *x '\""
    save_region(oregon, Region(state="oregon", key="odd", name=name, counties=("41047",)))
    assert load_state("oregon").region("odd").name == name


def test_the_name_of_a_county_cannot_leave_its_comment(oregon):
    new = Region(state="oregon", key="odd", name="Odd", counties=("41047",))
    save_region(oregon, new, names={"41047": "Marion\n  evil:\n    name: x"})
    assert [r.key for r in load_state("oregon").regions] == ["coast", "gorge", "odd"]


def test_the_file_as_it_was_stays_beside_it(oregon):
    save_region(oregon, Region(state="oregon", key="new", name="New", counties=("41047",)))
    assert text_of(oregon, "state.yml.bak") == OREGON


def test_nothing_to_save_writes_nothing(oregon):
    save_region(oregon, oregon.region("coast"))
    assert sorted(p.name for p in oregon.folder.iterdir()) == ["state.yml"]


def test_in_a_partition_a_new_region_stands_beside_the_others(delaware):
    """A list of its own would put its counties into two regions."""
    north = delaware.region("north")
    new = Region(state="delaware", key="kent-too", name="Kent too", counties=("10001", "10003"))
    save_region(delaware, new, north, {"10001": "Kent"})
    assert text_of(delaware).endswith(
        '      - "10005" # Sussex\n'
        '  kent-too:\n    name: "Kent too"\n    include: [north]\n'
        '    counties:\n      - "10001" # Kent\n# the end\n'
    )
    found = load_state("delaware").region("kent-too")
    assert found.counties == ("10001", "10003") and found.combined


def test_and_leaves_out_what_the_other_holds(delaware):
    new = Region(state="delaware", key="kent", name="Kent", counties=("10001",))
    save_region(delaware, new, delaware.region("south"), {"10005": "Sussex"})
    assert 'include: [south]\n    exclude:\n      - "10005" # Sussex' in text_of(delaware)
    assert load_state("delaware").region("kent").counties == ("10001",)
    # and once more: the region that includes another is changed by what it adds and leaves out
    now = load_state("delaware")
    wider = now.region("kent").model_copy(update={"counties": ("10001", "10003")})
    save_region(now, wider, names={"10003": "New Castle"})
    assert load_state("delaware").region("kent").counties == ("10001", "10003")
    assert 'exclude:\n      - "10005" # Sussex' in text_of(delaware)


def test_a_region_of_a_partition_cannot_lose_a_county_alone(delaware):
    narrower = delaware.region("south").model_copy(update={"counties": ("10001",)})
    with pytest.raises(ConfigError, match="save it under another key"):
        save_region(delaware, narrower)
    assert text_of(delaware) == PARTITION


@pytest.mark.parametrize(
    ("key", "counties", "match"),
    [
        ("../oregon", ("41007",), "cannot be a key"),
        ("The Coast", ("41007",), "write 'the-coast'"),
    ],
)
def test_a_key_that_is_none_is_refused(oregon, key, counties, match):
    wanted = oregon.region("coast").model_copy(update={"key": key, "counties": counties})
    with pytest.raises(ConfigError, match=match):
        save_region(oregon, wanted)
    assert text_of(oregon) == OREGON


def test_what_cannot_be_read_back_is_not_written(oregon):
    """The loader's own sentence, with the place in the file that it would have had."""
    wrong = oregon.region("coast").model_copy(update={"counties": ("41007", "41999")})
    with pytest.raises(ConfigError, match="not a county; leave it out") as caught:
        save_region(oregon, wrong)
    assert caught.value.file == oregon.folder / "state.yml" and caught.value.line == 13
    assert text_of(oregon) == OREGON


def test_a_region_that_somebody_changed_meanwhile_is_not_written_over(oregon):
    other = OREGON.replace('      - "41057" # Tillamook\n', "")
    (oregon.folder / "state.yml").write_text(other, encoding="utf-8")
    wider = oregon.region("coast").model_copy(update={"counties": ("41007", "41041", "41057")})
    with pytest.raises(ConfigError, match="was changed since it was read"):
        save_region(oregon, wider)
    assert text_of(oregon) == other


def test_but_other_regions_may_change(oregon):
    other = OREGON.replace("The Gorge", "Columbia Gorge")
    (oregon.folder / "state.yml").write_text(other, encoding="utf-8")
    wider = oregon.region("coast").model_copy(update={"counties": ("41007", "41041", "41057")})
    save_region(oregon, wider)
    assert load_state("oregon").region("gorge").name == "Columbia Gorge"


def test_a_list_with_comments_in_brackets_is_refused_rather_than_lost(home):
    text = OREGON.replace(
        '["41027", "41065"]}', '[\n      "41027", # Hood River\n      "41065" # Wasco\n    ]}'
    )
    state = written(home, "oregon", text)
    narrower = state.region("gorge").model_copy(update={"counties": ("41065",)})
    with pytest.raises(ConfigError, match="give each code a line") as caught:
        save_region(state, narrower)
    assert caught.value.line == 15 and text_of(state) == text


def test_windows_line_ends_stay(home):
    file = home / "oregon" / "state.yml"
    file.parent.mkdir()
    file.write_bytes(OREGON.replace("\n", "\r\n").encode())
    state = load_state("oregon")
    wider = state.region("coast").model_copy(update={"counties": ("41007", "41041", "41057")})
    save_region(state, wider)
    assert b"\r\n" in file.read_bytes() and b'"41041"\r\n' in file.read_bytes()


def test_the_packaged_definitions_and_foreign_folders_are_left_alone(oregon, monkeypatch, tmp_path):
    monkeypatch.setenv("LMI_REGIONS", str(tmp_path / "elsewhere"))
    with pytest.raises(ConfigError, match="name its folder in LMI_REGIONS"):
        save_weights_of(oregon)
    monkeypatch.setattr(locations, "__file__", str(oregon.folder.parent.parent / "locations.py"))
    with pytest.raises(ConfigError, match="came with the package"):
        save_weights_of(oregon)


def test_a_link_out_of_the_folder_is_not_followed(oregon, tmp_path):
    outside = tmp_path / "outside.yml"
    outside.write_text("pay:\n  weight: 3\n", encoding="utf-8")
    (oregon.folder / "criteria.yml").symlink_to(outside)
    with pytest.raises(ConfigError, match="not in the folder of definitions"):
        save_weights_of(oregon)
    assert outside.read_text(encoding="utf-8") == "pay:\n  weight: 3\n"


def save_weights_of(state: StateConfig) -> None:
    region = Region(state=state.slug, key="new", name="New", counties=("41047",))
    if (state.folder / "criteria.yml").is_symlink():
        save_weights(state, {"pay": 2.0})
    else:
        save_region(state, region)


# -- sectors


def of(state: StateConfig, key: str) -> Candidate:
    return next(c for c in load_candidates(state) if c.key == key)


def test_a_default_is_overridden_by_what_differs_alone(oregon):
    retail = of(oregon, "retail")
    part = retail.industries[0].model_copy(update={"exclude": ("4413",)})
    save_candidates(oregon, [retail.model_copy(update={"industries": (part,)})])
    assert text_of(oregon, "sectors.yml") == dedent("""\
        retail:
          industries:
            - naics:
                - "44-45" # Retail trade
              exclude:
                - "4413" # Automotive parts, accessories, and tire retailers
              own: ["5"]
        """).replace("Automotive parts, accessories, and tire retailers", title("4413"))
    assert of(oregon, "retail").why == retail.why
    assert len(load_candidates(oregon)) == len(load_candidates(None))


def title(code: str) -> str:
    from lmi import naics

    return naics.industry_title(code)


SECTORS = """\
# Ours.
film: # since 2019
  name: Film
  why: Crews.
  industries:
    - naics:
        - "5121" # motion picture, and sound
        - "7115" # artists
      # public stages hire them, too
      own: ["5"]

retail:
"""


def test_a_sector_of_ones_own_keeps_its_comments(oregon):
    state = written(oregon.folder.parent, "oregon", SECTORS, "sectors.yml")
    film = of(state, "film")
    part = film.industries[0].model_copy(update={"naics": ("5121", "5414"), "own": ("3", "5")})
    new = film.model_copy(update={"industries": (part,), "name": "Film & design"})
    save_candidates(state, [new])
    gone, come = changed_lines(SECTORS, text_of(state, "sectors.yml"))
    assert gone == ["  name: Film", '        - "7115" # artists', '      own: ["5"]']
    assert come == [
        '  name: "Film & design"', f'        - "5414" # {title("5414")}', '      own: ["3", "5"]',
    ]  # fmt: skip
    assert says_the_same(of(state, "film"), new)
    assert "retail" not in {c.key for c in load_candidates(state)}, "what was dropped stays so"


def test_a_part_more_takes_the_place_of_the_industries(oregon):
    state = written(oregon.folder.parent, "oregon", SECTORS, "sectors.yml")
    film = of(state, "film")
    parts = (*film.industries, film.industries[0].model_copy(
        update={"naics": ("7121",), "own": ("1", "2", "3")}))  # fmt: skip
    save_candidates(state, [film.model_copy(update={"industries": parts})])
    assert says_the_same(of(state, "film"), film.model_copy(update={"industries": parts}))
    assert text_of(state, "sectors.yml.bak") == SECTORS


def test_a_dropped_default_can_come_back(oregon):
    retail = of(oregon, "retail")
    state = written(oregon.folder.parent, "oregon", SECTORS, "sectors.yml")
    save_candidates(state, [retail])
    assert says_the_same(of(state, "retail"), retail)


def test_a_new_sector_says_all_of_itself(oregon):
    new = Candidate(key="wind", name="Wind", why="Turbines.", industries=[{"naics": ["333611"]}])
    save_candidates(oregon, [new])
    assert of(oregon, "wind") == new


def test_a_sector_that_would_overlap_itself_is_refused(oregon):
    new = Candidate(key="x", name="X", why="X.", industries=[{"naics": ["333", "3336"]}])
    with pytest.raises(ConfigError, match="would count twice"):
        save_candidates(oregon, [new])
    assert not (oregon.folder / "sectors.yml").exists()


def test_a_sector_that_somebody_changed_meanwhile_is_not_written_over(oregon):
    was = load_candidates(oregon)
    state = written(oregon.folder.parent, "oregon", "retail:\n", "sectors.yml")
    with pytest.raises(ConfigError, match="'retail' was changed since"):
        save_candidates(state, [c for c in was if c.key == "retail"], was)


# -- weights

CRITERIA = """\
pay: # it matters most
  weight: 2 # twice the rest
  note: Ours.

employment:
  screen: {flag: jobs, at_least: 0.1}

screens:
  large:
    name: Large
    any:
      - {measure: emplvl_share, at_least: 0.05}
"""


def weights(state: StateConfig) -> dict[str, float]:
    return {c.key: c.weight for c in load_asked(state).criteria}


def test_only_weights_that_differ_are_written(oregon):
    save_weights(oregon, {**weights(oregon), "pay": 2.5})
    assert text_of(oregon, "criteria.yml") == "pay:\n  weight: 2.5\n"


def test_a_weight_takes_the_place_of_the_old_one(oregon):
    state = written(oregon.folder.parent, "oregon", CRITERIA, "criteria.yml")
    wanted = {**weights(state), "pay": 0.0, "employment": 0.125, "engagement": 3.0}
    save_weights(state, wanted)
    gone, come = changed_lines(CRITERIA, text_of(state, "criteria.yml"))
    assert gone == ["  weight: 2 # twice the rest"]
    assert come == [
        "  weight: 0 # twice the rest", "  weight: 0.125", "engagement:", "  weight: 3",
    ]  # fmt: skip
    assert weights(state) == wanted


@pytest.mark.parametrize(
    ("wanted", "match"),
    [({"happiness": 1.0}, "no criterion 'happiness'"), ({"pay": -1.0}, "negative")],
)
def test_weights_that_cannot_be_are_refused(oregon, wanted, match):
    with pytest.raises(ConfigError, match=match):
        save_weights(oregon, wanted)
    assert not (oregon.folder / "criteria.yml").exists()


def test_no_weight_at_all_is_refused(oregon):
    with pytest.raises(ConfigError, match="weight"):
        save_weights(oregon, dict.fromkeys(weights(oregon), 0.0))
    assert not (oregon.folder / "criteria.yml").exists()


# -- the text itself


@pytest.mark.parametrize("name", ["sectors.yml", "criteria.yml", "sample/state.yml"])
def test_no_change_changes_no_character(name):
    text = (SHIPPED / name).read_text(encoding="utf-8")
    file = YamlText(text, Path(name))
    for path, node in places(file):
        if isinstance(node, SequenceNode) and not node.flow_style:
            codes = [item.value for item in node.value if isinstance(item, ScalarNode)]
            if codes:
                file.set_list(path, dict.fromkeys(codes, "changed"))
    assert file.text == text


def places(file: YamlText, path: tuple[str | int, ...] = ()) -> list[tuple[tuple, object]]:
    node = file.get(path) if path else file._root()
    found = [(path, node)]
    if isinstance(node, MappingNode):
        for key, _ in node.value:
            found += places(file, (*path, key.value))
    elif isinstance(node, SequenceNode):
        for i in range(len(node.value)):
            found += places(file, (*path, i))
    return found


def test_a_text_over_several_lines_is_replaced_whole():
    file = YamlText("a:\n  why: >-\n    One\n    two.\n\n  # next\n  b: 1\n", Path("x"))
    file.set_scalar(("a", "why"), '"Three."')
    assert file.text == 'a:\n  why: "Three."\n\n  # next\n  b: 1\n'


def test_a_file_without_a_last_line_end_gets_one():
    file = YamlText("a:\n  b: 1", Path("x"))
    file.add(("a",), ["c: 2"])
    assert file.text == "a:\n  b: 1\n  c: 2\n"


def test_braces_are_not_added_to():
    file = YamlText("a: {b: 1}\n", Path("x.yml"))
    with pytest.raises(ConfigError, match=r"x.yml, line 1.*braces"):
        file.add(("a",), ["c: 2"])
