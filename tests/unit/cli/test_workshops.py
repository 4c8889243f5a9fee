"""The command `lmi workshop`: what it asks for, and what it says where it cannot."""

from __future__ import annotations

import pytest

from lmi.workshop.session import SUFFIX
from tests.builders import is_one_sentence
from tests.unit.cli.conftest import Lmi


@pytest.mark.parametrize(
    "words",
    [("sample/ferrow-valley", "--resume", "f"), ("--resume", "f", "--forget", "f")],
)
def test_it_is_started_resumed_or_forgotten_one_at_a_time(lmi: Lmi, words):
    said = lmi("workshop", *words)
    assert said.status == 1
    assert "Name a region to start a workshop" in said.err and is_one_sentence(said.err.strip())


@pytest.mark.parametrize("words", [("--year", "2023"), ("--demo", "3"), ("--session", "new")])
def test_a_session_that_is_resumed_keeps_its_year_its_people_and_its_file(lmi: Lmi, words):
    said = lmi("workshop", "--resume", "f", *words)
    assert said.status == 1 and "keeps its year, its file, its people" in said.err


@pytest.mark.parametrize("option", ["--resume", "--forget"])
def test_a_file_that_is_none_or_no_session_is_said_to_be(lmi: Lmi, option, tmp_path):
    said = lmi("workshop", option, tmp_path / f"none{SUFFIX}")
    assert said.status == 1 and "There is no session file" in said.err
    other = tmp_path / "notes.txt"
    other.write_text("Not a session. " * 20, encoding="utf-8")
    said = lmi("workshop", option, other)
    assert said.status == 1 and "is no session of a workshop" in said.err
    assert other.exists()


def test_a_region_that_is_none_is_said_to_be(lmi: Lmi):
    said = lmi("workshop", "sample/atlantis", "--no-browser")
    assert said.status == 1 and "atlantis" in said.err and is_one_sentence(said.err.strip())
