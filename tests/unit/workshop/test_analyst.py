"""The analyst goes on where the room stopped."""

from __future__ import annotations

from pathlib import Path

import pytest

from lmi.errors import ConfigError
from lmi.workshop.analyst import open_bench
from lmi.workshop.fold import apply
from lmi.workshop.resume import open_session
from lmi.workshop.room import Room
from lmi.workshop.rules import check
from lmi.workshop.session import Session, SessionError
from lmi.workshop.state import FACILITATOR, Event
from tests.unit.workshop.conftest import Begun


def tell(session: Session, room: Room, kind: str, **data: object) -> None:
    payload = check(room.state, room.charter, FACILITATOR, kind, data)
    seq = room.state.seq + 1
    event = Event(seq, f"event-{seq:08}", FACILITATOR, kind, payload, "2026-11-22T10:00:00+00:00")
    session.append([event])
    room.state = apply(room.state, event)


@pytest.mark.program
def test_a_session_opens_on_the_bench_as_the_room_left_it(
    begun: Begun, session: Session, room: Room, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LMI_STORE", str(begun.store.root))
    key = "construction"
    county = room.region.counties[0]
    tell(session, room, "scope", candidate=key, parts=[{"naics": ["622"], "own": ["5"]}])
    tell(session, room, "scope", counties=[c for c in room.region.counties if c != county])
    model = open_bench("", session.path).model
    assert county not in model.region.counties
    assert model.now.candidate(key).industries[0].naics == ("622",)
    assert model.settings.years.year == room.charter.year
    assert any(model.changes()), "what the room changed is told as unsaved"
    weights = room.weights_of(0)
    shares = model.assessment().shares
    assert shares == pytest.approx({key: weights.get(key, 0.0) for key in shares}, abs=1e-3)


@pytest.mark.program
def test_a_bench_begins_the_session_of_a_workshop(
    begun: Begun, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LMI_STORE", str(begun.store.root))
    monkeypatch.setenv("LMI_OUTPUTS", str(tmp_path))
    page = open_bench("sample/ferrow-valley", year=0, weights={"pay": 2.5})
    assert page.model.settings.years.year == 2023, "the newest"
    page.model.set_county("99015", False)
    page.model.new_candidate("machines", "Machines", {"naics": ["333"]})
    assert page.begin_workshop is not None
    told = page.begin_workshop(page)
    (path,) = tmp_path.rglob("*.lmi-workshop")
    assert f"`lmi workshop --resume {path}`" in told
    left = open_session(path, begun.store)
    assert left.region.counties == page.model.region.counties
    assert left.candidates == page.model.now.candidates
    found = left.room.evidence.assessment.candidates.set_index("candidate")
    bench = page.model.assessment().candidates.set_index("candidate")
    for column in ("rank", "set_aside", "is_level"):
        assert found[column].to_dict() == bench[column].to_dict()
    assert left.mean_weights == pytest.approx(page.model.assessment().shares, abs=1e-3)


def test_a_session_has_its_own_words(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="weights cannot be laid over a session"):
        open_bench("", tmp_path / "any", weights={"pay": 1})


def test_without_a_session_it_is_the_bench_of_the_region(
    begun: Begun, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LMI_STORE", str(begun.store.root))
    model = open_bench("sample/ferrow-valley").model
    assert model.region.key == "ferrow-valley" and not model.unsaved


def test_a_file_that_is_no_session_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "a.lmi-workshop"
    file.write_text("nothing")
    with pytest.raises(SessionError, match="no session"):
        open_bench("", file)
