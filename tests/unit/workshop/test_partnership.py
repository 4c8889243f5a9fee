"""The loop closes: what a room decided becomes a partnership's file and its baseline."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from lmi import locations
from lmi.config import load_state
from lmi.errors import ConfigError, LmiError
from lmi.missing import Missing
from lmi.scorecard import sections
from lmi.scorecard.book import scorecard_bytes
from lmi.scorecard.card import make_card
from lmi.scorecard.decision_record import FIGURES
from lmi.scorecard.files import find_partnership
from lmi.scorecard.start import UNNAMED, record_state, start_partnership
from lmi.sources.workbook import sheet_rows
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
    open_ends = {
        name for name in baseline.figures if row.get(f"{name}_lo") != row.get(f"{name}_hi")
    }
    assert set(baseline.estimated) == open_ends
    card = make_card(found, None, NO_SECTOR)
    assert card.phase.phase == "emerging" and card.year == 2024
    assert "made up" in sections.title(card).html
    with pytest.raises(ConfigError, match="there is a partnership of this name"):
        start_partnership(decided, state, root)


def test_a_figure_that_is_estimated_in_part_says_so_in_the_baseline(root, decided):
    evidence = json.loads(decided.read_text())["evidence"]
    for row in evidence:
        row |= {"emplvl_estimated_share": 0.5, "annual_avg_emplvl": 4213.4,
                "annual_avg_emplvl_lo": 4100.0, "annual_avg_emplvl_hi": 4300.0}  # fmt: skip
    state = load_state("sample", root)
    made = start_partnership(changed(decided, evidence=evidence), state, root, launch="2024-03")
    card = make_card(find_partnership(made.id, root), None, NO_SECTOR)
    assert "annual_avg_emplvl" in card.partnership.said.baseline.estimated
    assert "jobs ≈4,210" in "".join(part.html for part in sections.sector(card))


def test_a_definition_that_changed_since_the_baseline_is_told(root, decided):
    state = load_state("sample", root)
    made = start_partnership(decided, state, root, launch="2024-03")
    assert find_partnership(made.id, root).baseline_note == ""
    own = root / "sample" / "sectors.yml"
    own.write_text('construction: {industries: [{naics: ["236"]}]}\n')
    found = find_partnership(made.id, root)
    assert found.baseline_note.startswith("The industries of the sector are not those of then, so")
    said = found.file.read_text().replace("region: ferrow-valley", "region: crossway")
    found.file.write_text(said)
    found = find_partnership(made.id, root)
    assert "industries of the sector and counties of the region are not" in found.baseline_note
    card = make_card(found, None, NO_SECTOR)
    book = root / "card.xlsx"
    book.write_bytes(scorecard_bytes(card))
    facts = sheet_rows(book, "Read me")["Read me"]
    assert any(found.baseline_note in " ".join(row) for row in facts)
    (said,) = [part for part in sections.sector(card) if found.baseline_note in part.html]
    assert "When it was chosen" in said.html, "told although nothing is known of its sector"


def test_a_baseline_that_does_not_say_what_it_was_of_says_so(root, decided):
    made = start_partnership(decided, load_state("sample", root), root, launch="2024-03")
    text = made.file.read_text()
    made.file.write_text(re.sub(r"\n  (definition|footprint): .*", "", text))
    note = find_partnership(made.id, root).baseline_note
    assert note.startswith("Nobody kept what the industries of the sector and counties of the")


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
        ({"decision__first": "[" * 9000}, "which the room chose"),
        ({"basis__started": "[" * 9000}, "is no date of a launch"),
        ({"region__id": "sample/nowhere"}, "sample has no region 'nowhere'"),
        ({"decision__first": "boats"}, "does not define 'boats'"),
    ],
)
def test_what_is_no_decision_of_the_state_begins_nothing(root, decided, keys, says):
    with pytest.raises(ConfigError, match=says) as said:
        start_partnership(changed(decided, **keys), load_state("sample", root), root)
    assert len(str(said.value)) < 1000
    assert not (root / "sample" / "partnerships").exists()


@pytest.mark.parametrize("key", ["../evil", "Metals", "a/b"])
def test_a_name_cannot_leave_its_folder(root, decided, key):
    with pytest.raises(ConfigError, match="cannot be a key"):
        start_partnership(decided, load_state("sample", root), root, key=key)


ODD: tuple[object, ...] = (
    None, True, 0, -1, 2019.5, 10**400, 1e300, "", "abc", "\x7f\u2029\ufeff\n- &a", [], [[]], {},
    {"": {}}, ["23"], {"naics": "23"}, "x" * 5000, "../evil",
)  # fmt: skip
RAW = ("NaN", "1e999", '"\\ud800"', "[" * 5000 + "]" * 5000, "1" * 5000, "tru", '"\\u0000"')
HOLE = "the value that is spoilt"


def _places(value: object, path: tuple[str | int, ...] = ()) -> Iterator[tuple[str | int, ...]]:
    """Every place of a record, from its whole to its leaves; of a list the first two."""
    yield path
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from _places(inner, (*path, key))
    elif isinstance(value, list):
        for at, inner in enumerate(value[:2]):
            yield from _places(inner, (*path, at))


def _spoilt(value: object, path: tuple[str | int, ...], put: object) -> object:
    """The record with another value at a place, or without the place."""
    if not path:
        return put
    copy: Any = dict(value) if isinstance(value, dict) else list(value)  # type: ignore[call-overload]
    if len(path) == 1 and put == "taken out":
        del copy[path[0]]
    else:
        copy[path[0]] = _spoilt(copy[path[0]], path[1:], put)
    return copy


@settings(max_examples=300, deadline=None,
          suppress_health_check=[HealthCheck.function_scoped_fixture])  # fmt: skip
@given(data=st.data())
def test_a_record_of_any_shape_begins_a_partnership_or_is_refused_in_a_sentence(
    root, decided, data
):
    whole = json.loads(decided.read_text())
    taken = ("kind", "region", "staff", "decision", "definitions", "evidence", "source", "basis")
    found: Any = {key: whole[key] for key in taken}
    of_it = (row for row in whole["evidence"] if row["candidate"] == "construction")
    found["evidence"] = [{key: row[key] for key in ("candidate", *FIGURES)} for row in of_it]
    found["basis"] = {key: whole["basis"][key] for key in ("started", "year", "base_year")}
    found["definitions"] = {"construction": whole["definitions"]["construction"]}
    raw = None
    for _ in range(data.draw(st.integers(1, 3))):
        path = data.draw(st.sampled_from(list(_places(found))))
        put = data.draw(st.sampled_from([*ODD, "taken out", *RAW]))
        is_raw = put in RAW and raw is None
        raw = put if is_raw else raw
        found = _spoilt(found, path, HOLE if is_raw else put) if path or put != "taken out" else {}
    text = json.dumps(found)
    file = decided.with_name("spoilt.json")
    file.write_text(text if raw is None else text.replace(json.dumps(HOLE), str(raw)))
    try:
        slug = record_state(file)
        made = start_partnership(file, load_state(slug, root), root)
    except LmiError as error:
        assert "\n" not in str(error) and len(str(error)) < 6000
        return
    assert find_partnership(made.id, root).name
    made.file.unlink()


def test_a_word_of_another_kind_is_named_by_its_place(root, decided):
    for keys, says in (
        ({"basis__year": "abc"}, "basis.year is 'abc'; it should be a valid integer"),
        ({"region": []}, "region is a list; it should be an object"),
        ({"evidence": {}}, "evidence is a group of keys; it should be a valid array"),
        ({"decision__first": ["a"]}, "decision.first is a list; it should be a valid string"),
    ):
        before = decided.read_bytes()
        with pytest.raises(ConfigError, match=f"record.json: {says}.*; write the file anew"):
            start_partnership(changed(decided, **keys), load_state("sample", root), root)
        decided.write_bytes(before)


def test_a_file_that_is_no_record_is_refused(root, tmp_path):
    file = tmp_path / "a.json"
    state = load_state("sample", root)
    with pytest.raises(ConfigError, match="cannot be read"):
        start_partnership(file, state, root)
    file.write_text("{")
    with pytest.raises(ConfigError, match="it is no JSON"):
        start_partnership(file, state, root)
