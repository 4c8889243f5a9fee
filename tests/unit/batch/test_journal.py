"""One batch at a time in a folder, and nothing of one that was killed stays or is lost."""

from __future__ import annotations

import multiprocessing
from pathlib import Path

import pytest

from lmi.batch.execute import ProfileResult
from lmi.batch.journal import RegionState, is_running, journal, read_journal, write_alone
from lmi.batch.order import Order
from lmi.batch.run import Results
from lmi.config import load_state
from lmi.errors import LmiError
from lmi.output_files import PAGE


def fill(folder: Path, text: str) -> None:
    folder.mkdir(parents=True)
    (folder / PAGE).write_text(text)


def hold(folder: Path, held: object, until: object) -> None:
    with write_alone(folder):
        held.set()
        until.wait(30)


def test_a_second_batch_is_refused_and_the_lock_ends_with_its_holder(tmp_path):
    context = multiprocessing.get_context("spawn")
    held, until = context.Event(), context.Event()
    other = context.Process(target=hold, args=(tmp_path, held, until))
    other.start()
    assert held.wait(30)
    assert is_running(tmp_path)
    with pytest.raises(LmiError, match="Another batch writes"), write_alone(tmp_path):
        pass
    other.kill()
    other.join()
    assert not is_running(tmp_path)
    with write_alone(tmp_path):
        pass


def test_what_was_killed_in_the_middle_is_put_away_and_the_old_one_put_back(tmp_path):
    fill(tmp_path / ".partial-north", "half")
    fill(tmp_path / ".old-south", "whole")  # killed before the new one was in its place
    fill(tmp_path / ".old-west", "before")
    fill(tmp_path / "west", "after")
    with write_alone(tmp_path):
        left = {p.name: (p / PAGE).read_text() for p in tmp_path.iterdir() if p.is_dir()}
    assert left == {"south": "whole", "west": "after"}


def test_a_folder_that_cannot_be_written_is_one_sentence(tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(LmiError, match="cannot be written"), write_alone(tmp_path / "file"):
        pass


def test_the_journal_tells_each_region_apart(tmp_path):
    failed = RegionState("failed", "no data", "report.growth(profile)")
    journal(tmp_path, {"a": failed, "b": RegionState("waiting"), "c": RegionState("waiting")})
    fill(tmp_path / ".partial-b", "half")
    fill(tmp_path / "d", "made by an earlier run")
    now = read_journal(tmp_path, "abcd")
    assert [now[key].status for key in "abcd"] == ["failed", "waiting", "waiting", "made"]
    assert now["a"] == failed
    with write_alone(tmp_path):
        fill(tmp_path / ".partial-b", "half")
        assert read_journal(tmp_path, "b")["b"].status == "running"


@pytest.mark.parametrize("text", ["", "{", "[]", '{"a": {"other": 1}}', '{"a": 3}'])
def test_a_journal_that_cannot_be_read_is_none(tmp_path, text):
    (tmp_path / ".batch.json").write_text(text)
    assert read_journal(tmp_path, "a") == {"a": RegionState("waiting")}


def test_a_batch_of_some_regions_keeps_what_became_of_the_others(tmp_path):
    state = load_state("sample")
    first, second, *_ = (region.key for region in state.regions)
    failed = RegionState("failed", "there was no data")
    journal(tmp_path, {second: failed})
    told = []
    results = Results(tmp_path, state, Order(only=[first]), lambda *said: told.append(said))
    results.add(ProfileResult(first, "made"))
    now = read_journal(tmp_path, [first, second])
    assert now == {first: RegionState("made"), second: failed}
    assert told == [("sample", *results.in_order, 1)]
