"""The loop closes: what a room decided becomes a partnership's file and its baseline."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from lmi import locations
from lmi.config import load_state
from lmi.errors import ConfigError
from lmi.missing import Missing
from lmi.scorecard import sections
from lmi.scorecard.card import make_card
from lmi.scorecard.files import find_partnership
from lmi.scorecard.start import UNNAMED, start_partnership
from lmi.workshop import record
from tests.workshop_stage import play

NO_SECTOR = Missing("numbers", "none were asked for", "ask")


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A folder of definitions with the sample and no partnership."""
    made, shipped = tmp_path / "regions", locations.regions_dir()
    shutil.copytree(
        shipped / "sample", made / "sample", ignore=shutil.ignore_patterns("partnerships")
    )
    for name in ("criteria.yml", "sectors.yml"):
        shutil.copy(shipped / name, made / name)
    return made


@pytest.fixture
def decided(room, tmp_path: Path) -> Path:
    """The decision record of a room."""
    play(room)
    file = tmp_path / "record.json"
    file.write_bytes(record.as_json(room))
    return file


def changed(file: Path, **keys: object) -> Path:
    """The record with some of it said otherwise."""
    found = json.loads(file.read_text())
    for path, value in keys.items():
        at, *rest = path.split("__")
        found[at] = {**found[at], rest[0]: value} if rest else value
    file.write_text(json.dumps(found))
    return file


def test_a_decision_becomes_a_partnership_with_its_baseline(root, decided):
    evidence = json.loads(decided.read_text())["evidence"]
    (row,) = [one for one in evidence if one["candidate"] == "construction"]
    state = load_state("sample", root)
    made = start_partnership(decided, state, root, launch="2024-03")
    assert made.id == "sample/ferrow-valley-construction" and made.notes == ()
    found = find_partnership(made.id, root)
    assert found.candidate.key == "construction" and not found.is_own_sector
    assert found.region.key == "ferrow-valley" and found.said.convener.name == "Chamber"
    assert found.said.launch == "2024-03" and "It pays. It grows." in found.said.note
    baseline = found.said.baseline
    assert (baseline.year, baseline.base_year, baseline.record) == (2023, 2018, "record.json")
    for name, value in baseline.figures.items():
        assert value == pytest.approx(row[name], abs=1e-6)
    assert {"annual_avg_emplvl", "avg_annual_pay"} <= baseline.figures.keys()
    card = make_card(found, None, NO_SECTOR)
    assert card.phase.phase == "emerging" and card.year == 2024
    assert "made up" in sections.title(card).html
    with pytest.raises(ConfigError, match="there is a partnership of this name"):
        start_partnership(decided, state, root)


def test_what_is_open_is_noted_and_nothing_is_made_up(root, decided):
    changed(
        decided, decision__convener="", region__counties={"99007": "Copperfell"}, staff=True,
        definitions={"construction": {
            "name": 'Builders: "all"', "why": "One trade.",
            "industries": [{"naics": ["23", "4441"], "own": ["5"], "exclude": ["2371"]}]}},
    )  # fmt: skip
    made = start_partnership(decided, load_state("sample", root), root, key="builders")
    found = find_partnership("sample/builders", root)
    told = " ".join(made.notes)
    assert "launch is the day of the workshop" in told
    assert "has other counties than Ferrow Valley" in told
    assert "for staff, so its figures were not taken over" in told
    assert found.is_own_sector and found.candidate.name == 'Builders: "all"'
    assert found.candidate.industries[0].exclude == ("2371",)
    assert found.said.convener.name == UNNAMED and found.said.convener.kind is None
    assert found.said.baseline.figures == {}


@pytest.mark.parametrize(
    ("keys", "says"),
    [
        ({"decision": None}, "the room has not decided"),
        ({"kind": "another thing"}, "not the decision record of a workshop"),
        ({"region__id": "oregon/lane"}, "it is of oregon, not of sample"),
        ({"region__id": "sample/nowhere"}, "sample has no region 'nowhere'"),
        ({"decision__first": "boats"}, "does not define 'boats'"),
    ],
)
def test_what_is_no_decision_of_the_state_begins_nothing(root, decided, keys, says):
    with pytest.raises(ConfigError, match=says):
        start_partnership(changed(decided, **keys), load_state("sample", root), root)
    assert not (root / "sample" / "partnerships").exists()


@pytest.mark.parametrize("key", ["../evil", "Metals", "a/b"])
def test_a_name_cannot_leave_its_folder(root, decided, key):
    with pytest.raises(ConfigError, match="cannot be a key"):
        start_partnership(decided, load_state("sample", root), root, key=key)


def test_a_file_that_is_no_record_is_refused(root, tmp_path):
    file = tmp_path / "a.json"
    state = load_state("sample", root)
    with pytest.raises(ConfigError, match="cannot be read"):
        start_partnership(file, state, root)
    file.write_text("{")
    with pytest.raises(ConfigError, match="it is no JSON"):
        start_partnership(file, state, root)
