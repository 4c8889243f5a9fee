"""Candidates that are parts of others."""

from __future__ import annotations

import pytest

from lmi.config import Candidate, load_candidates, load_state
from lmi.config.edit import add_code, drop_code, with_level
from lmi.config.nesting import check_parts, not_ranked
from lmi.config.save import save_candidates
from lmi.errors import ConfigError

WHOLE = "care: {name: Care, why: W, industries: [{naics: ['62'], own: ['3', '5']}]}\n"


def part(**more: str) -> str:
    said = {"name": "Wards", "why": "W", "part_of": "care", "industries": "[{naics: ['622']}]"}
    return f"wards: {{{', '.join(f'{k}: {v}' for k, v in (said | more).items())}}}\n"


@pytest.fixture
def read(write, colorado):
    def read(base: str, own: str = "") -> dict[str, Candidate]:
        write("sectors.yml", base)
        colorado('regions:\n  n: {name: N, counties: ["08001"]}\n')
        folder = write("colorado/sectors.yml", own or "care:\n  name: Care\n").parent
        return {c.key: c for c in load_candidates(load_state(folder))}

    return read


def test_the_whole_is_ranked_unless_a_state_ranks_its_parts(read):
    found = read(WHOLE + part())
    assert (found["wards"].part_of, found["care"].ranked) == ("care", "whole")
    assert read(WHOLE + part(), "care: {ranked: parts}\n")["care"].ranked == "parts"


@pytest.mark.parametrize(
    "own",
    [
        "care:\n",
        "care: {industries: [{naics: ['621'], own: ['5']}]}\n",
        "wards: {industries: [{naics: ['622', '722']}]}\n",
    ],
)
def test_a_part_that_a_states_own_lines_no_longer_fit_stands_for_itself(read, own):
    """A file that was written before there were parts still says what it said."""
    assert read(WHOLE + part(), own)["wards"].part_of is None


@pytest.mark.parametrize(
    ("base", "says"),
    [
        (WHOLE + part(part_of="car"), "no candidate 'car' for Wards to be a part of; perhaps you"),
        (WHOLE + part(part_of="wards"), "no candidate 'wards' for Wards to be a part of; the othe"),
        (WHOLE + part(industries="[{naics: ['722']}]"), "'722' Food services and drinking places,"),
        (
            WHOLE + part(industries="[{naics: ['622'], own: ['2']}]"),
            "'622' Hospitals, state, is in",
        ),
        (WHOLE + part() + part(part_of="wards").replace("wards:", "rooms:", 1), "have no parts"),
        (WHOLE + part() + part(name="Rooms").replace("wards:", "rooms:", 1), "share nothing"),
        (WHOLE.replace("why: W", "why: W, ranked: half") + part(), "write 'whole' or 'parts'"),
    ],
)
def test_parts_lie_within_their_whole_apart_from_each_other_and_make_no_chains(read, base, says):
    for own in ("shops: {name: Shops, why: W, industries: [{naics: ['44-45']}]}\n", base):
        with pytest.raises(ConfigError) as caught:
            read(base, own)
        assert says in caught.value.message and caught.value.line is not None


def test_what_is_changed_at_a_bench_is_checked_with_the_others(read):
    found = read(WHOLE + part())
    wider = add_code(found["wards"], "722")
    with pytest.raises(ConfigError, match="is in Wards and not in Care, which it is a part of"):
        check_parts([found["care"], wider])
    check_parts([add_code(found["care"], "722"), wider])
    with pytest.raises(ConfigError, match="'622' Hospitals, private, is in Wards and not in Care"):
        check_parts([drop_code(found["care"], "622"), found["wards"]])


def test_one_level_is_ranked(read):
    found = tuple(read(WHOLE + part()).values())
    assert not_ranked(found) == {"wards": "part"}
    by_parts = [with_level(c, "parts") for c in found]
    assert not_ranked(by_parts) == {"care": "whole"}
    assert not_ranked(by_parts[1:]) == not_ranked(by_parts[:1]) == {}


def test_a_level_that_is_chosen_is_saved_and_read_again(read, write, tmp_path, monkeypatch):
    monkeypatch.setenv("LMI_REGIONS", str(tmp_path / "regions"))
    write("criteria.yml", "")
    found = read(WHOLE + part())
    state = load_state(tmp_path / "regions" / "colorado")
    save_candidates(state, [with_level(found["care"], "parts")])
    assert {c.key: c.ranked for c in load_candidates(state)}["care"] == "parts"
    save_candidates(state, [with_level(found["care"], "whole")])
    assert {c.key: c.ranked for c in load_candidates(state)}["care"] == "whole"


def test_the_shipped_parts_are_those_of_manufacturing_and_health_care():
    parts: dict[str, list[str]] = {}
    for candidate in load_candidates(None):
        if candidate.part_of:
            parts.setdefault(candidate.part_of, []).append(candidate.key)
    assert parts == {
        "manufacturing": ["advanced-manufacturing", "materials-manufacturing", "food-and-beverage"],
        "health-care": ["hospitals", "ambulatory-care", "long-term-care"],
    }
