"""The session's file: what is in it stays, and what is no session is said to be none."""

from __future__ import annotations

import multiprocessing
import os
import shutil
import sqlite3
import stat
from pathlib import Path

import pytest

from lmi.workshop.fold import fold
from lmi.workshop.session import Keys, Session, SessionError, forget, read_session
from lmi.workshop.state import Event
from tests.builders import is_one_sentence

resource = pytest.importorskip("resource", reason="files are bounded by the process on POSIX alone")


def joined(seq: int, name: str = "Ann") -> Event:
    return Event(seq, f"event-{seq:06d}", seq, "join", {"name": name, "kind": "other"}, "2026")


def refusal(path: Path, read_only: bool = False) -> str:
    with pytest.raises(SessionError) as error:
        Session.open(path, read_only=read_only)
    assert is_one_sentence(str(error.value))
    return str(error.value)


def test_the_file_can_be_read_by_its_owner_alone(session):
    session.append([joined(1)])
    folder = session.path.parent
    modes = {p.name: stat.S_IMODE(p.stat().st_mode) for p in folder.glob("*")}
    assert set(modes.values()) == {0o600}, modes
    assert len(modes) > 1, "the side files were looked at, too"


def test_what_was_appended_is_there_after_opening_again(path):
    session = Session.open(path)
    session.append([joined(1, "Zoë 👩🏽‍🔧 שלום"), joined(2)])
    session.close()
    again = Session.open(path)
    assert [e.payload["name"] for e in again.events()] == ["Zoë 👩🏽‍🔧 שלום", "Ann"]
    assert [e.seq for e in again.events(after=1)] == [2]
    again.close()
    assert [p.name for p in path.parent.iterdir()] == [path.name], "nothing is left beside it"


def test_a_file_says_what_it_is_from_its_first_moment(tmp_path, begun):
    """The power may fail before anything is folded from the side file into the main one."""
    session = Session.create(tmp_path / "new.lmi-workshop", begun.charter)
    session.append([joined(1)])
    left = shutil.copytree(tmp_path, tmp_path.with_name(f"{tmp_path.name}-crashed"))
    session.close()
    again = Session.open(left / "new.lmi-workshop")
    assert [e.seq for e in again.events()] == [1] and again.charter == begun.charter
    again.close()


def test_events_are_all_kept_or_none(session):
    session.append([joined(1)])
    with pytest.raises(SessionError):
        session.append([joined(2), joined(1)])
    assert [e.seq for e in session.events()] == [1]
    session.append([joined(2)])


def test_the_setting_comes_back_as_it_was(begun, session):
    assert session.charter == begun.charter
    assert session.charter.candidates[0].industries[0].own == ("5",)


def test_each_session_has_keys_of_its_own(tmp_path, begun):
    made = [Session.create(tmp_path / f"{n}.lmi-workshop", begun.charter) for n in (1, 2)]
    keys = [s.keys for s in made]
    assert len({k.facilitator for k in keys} | {k.cookies for k in keys}) == 4
    assert all(len(k.facilitator) == 43 for k in keys), "32 bytes, in base 64"
    for each in made:
        each.close()


def test_a_file_that_exists_is_not_written_over(path, begun):
    before = path.read_bytes()
    with pytest.raises(SessionError, match="exists; reopen it with --resume"):
        Session.create(path, begun.charter)
    assert path.read_bytes() == before


def test_two_workshops_cannot_use_one_file_but_an_analyst_may_look(session):
    assert "A workshop is using" in refusal(session.path)
    with pytest.raises(SessionError, match="A workshop is using"):
        forget(session.path)
    session.append([joined(1)])
    looked = read_session(session.path)
    assert len(looked.events()) == 1
    with pytest.raises(SessionError, match="cannot be written"):
        looked.append([joined(2)])
    looked.close()


def test_what_is_no_session_is_said_to_be_none(tmp_path):
    assert "There is no session file" in refusal(tmp_path / "none.lmi-workshop")
    for name, content in (("empty", b""), ("text", b"hello" * 100)):
        (tmp_path / name).write_bytes(content)
        assert "is no session of a workshop" in refusal(tmp_path / name)
    other = sqlite3.connect(tmp_path / "other")
    other.execute("CREATE TABLE t (x)")
    other.close()
    assert "is no session of a workshop" in refusal(tmp_path / "other")
    with pytest.raises(SessionError, match="is no session"):
        forget(tmp_path / "other")
    assert (tmp_path / "other").exists()


def test_a_session_of_a_later_format_is_left_alone(path):
    later = sqlite3.connect(path)
    later.execute("PRAGMA user_version=99")
    later.close()
    assert "is of format 99" in refusal(path)


@pytest.mark.parametrize("read_only", [False, True])
def test_a_damaged_file_is_said_to_be_damaged_and_left_as_it_is(path, read_only):
    whole = path.read_bytes()
    cut = whole[: len(whole) // 2]
    path.write_bytes(cut)
    assert "is damaged" in refusal(path, read_only)
    middle = bytearray(whole)
    middle[4096 : 3 * 4096] = os.urandom(2 * 4096)
    path.write_bytes(middle)
    assert "is damaged" in refusal(path, read_only)
    assert path.read_bytes() == bytes(middle)


def test_a_file_whose_setting_was_edited_by_hand_is_damaged(path):
    edited = sqlite3.connect(path)
    edited.execute("UPDATE meta SET value='{\"code\": 5}' WHERE name='setting'")
    edited.commit()
    edited.close()
    assert "is damaged" in refusal(path)


@pytest.mark.parametrize(
    ("edit", "said"),
    [
        ("CREATE TRIGGER t AFTER INSERT ON events BEGIN DELETE FROM events; END", "a trigger, 't'"),
        ("DELETE FROM meta WHERE name='keys'", "its keys are missing"),
        ("UPDATE meta SET value=json_set(value, '$.code', '') WHERE name='setting'", "is damaged"),
    ],
)
def test_a_file_that_was_tampered_with_is_refused_by_what_is_wrong(path, edit, said):
    edited = sqlite3.connect(path)
    edited.execute(edit)
    edited.commit()
    edited.close()
    assert said in refusal(path)


def test_forgetting_leaves_nothing(path):
    session = Session.open(path)
    session.append([joined(1, "Somebody")])
    left = shutil.copytree(path.parent, path.parent.with_name(f"{path.parent.name}-crashed"))
    session.close()
    target = left / path.name
    (left / f"{path.name}.lock").unlink()
    assert (left / f"{path.name}-wal").exists()
    assert set(forget(target)) >= {target, left / f"{path.name}-wal"}
    assert list(left.iterdir()) == []
    with pytest.raises(SessionError, match="nothing was deleted"):
        forget(target)


def _fill_up(path: Path, said: multiprocessing.Queue) -> None:
    """In a process of its own: no file may grow beyond what it has plus a few pages."""
    session = Session.open(path)
    wal = path.with_name(f"{path.name}-wal")
    session.append([joined(1)])
    most = wal.stat().st_size + 3 * 4096
    resource.setrlimit(resource.RLIMIT_FSIZE, (most, resource.RLIM_INFINITY))
    try:
        for seq in range(2, 200):
            session.append([joined(seq, "x" * 60)])
    except SessionError as error:
        failed, sentence = seq, str(error)
    resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
    kept = [e.seq for e in session.events()]
    session.append([joined(failed)])
    said.put((failed, sentence, kept, [e.seq for e in session.events()]))
    session.close()


@pytest.mark.program
def test_on_a_full_disk_nothing_is_half_kept_and_it_goes_on_when_there_is_room(path):
    context = multiprocessing.get_context("spawn")
    said = context.Queue()
    child = context.Process(target=_fill_up, args=(path, said))
    child.start()
    failed, sentence, kept, after = said.get(timeout=60)
    child.join(20)
    assert "cannot be written" in sentence
    assert kept == list(range(1, failed)), "everything that was acknowledged, and nothing else"
    assert after == [*kept, failed]
    session = Session.open(path)
    assert list(fold(session.events()).participants) == after
    session.close()


def test_keys_are_never_printed_by_accident():
    keys = Keys.new()
    assert keys.cookies not in repr(keys) and keys.facilitator not in repr(keys)
