"""What the pages read: own rankings, the group's picture, what is known, what a scope changes."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import numpy as np
import pandas as pd
import pytest

from lmi.assessment.people_files import people_of
from lmi.assessment.uncovered import beginnings
from lmi.config import load_asked, load_candidates, load_state
from lmi.errors import StoreError
from lmi.scoring.appraise import appraise
from lmi.scoring.group_ranking import kendalls_w
from lmi.store import Store
from lmi.workshop import record
from lmi.workshop.demo_people import make_up
from lmi.workshop.events import Refused
from lmi.workshop.fold import apply
from lmi.workshop.group import group_of
from lmi.workshop.measures_file import from_bytes, to_bytes
from lmi.workshop.resume import ScopeMeasurer, open_room, open_session
from lmi.workshop.room import Room
from lmi.workshop.room_evidence import people_of_room, scoped
from lmi.workshop.rules import check
from lmi.workshop.session import Session
from lmi.workshop.state import FACILITATOR, KINDS, Event, Scope, State
from lmi.workshop.views import fragment
from lmi.workshop.views.people import sectors
from lmi.workshop.views.scope import outcomes

AT = "2026-11-29T09:00:00+00:00"


def tell(room: Room, who: int, kind: str, /, **data: Any) -> int:
    """Say something in a room that nobody serves."""
    payload = check(room.state, room.charter, who, kind, data)
    seq = room.state.seq + 1
    number = seq if kind == "join" else who
    event = Event(seq, f"event-{seq:06d}", number, kind, payload, "2026-11-22T10:00:00+00:00")
    room.state = apply(room.state, event)
    return seq


def count(room: Room) -> None:
    """Open the step with which the ballots are counted."""
    tell(room, FACILITATOR, "step", **{"to": "agree", "from": room.state.step})


def people(room: Room, n: int) -> list[int]:
    return [tell(room, 0, "join", name=f"P{i}", kind=KINDS[i % 2]) for i in range(n)]


def test_who_has_not_weighed_sees_the_ranking_by_the_stated_weights(room):
    stated = room.evidence.assessment.appraisal.ranking().set_index("candidate")["rank"]
    own = room.places_for(people(room, 1)[0])
    assert {at.candidate: at.rank for at in own if at.rank} == stated.dropna().to_dict()
    aside = [bool(at.set_aside) for at in own]
    assert aside == [at.rank is None for at in own] == sorted(aside), "those set aside come last"
    ranked = [at.rank for at in own if at.rank]
    assert ranked == sorted(ranked) and len(ranked) < len(own)


def test_ones_own_ranking_is_that_of_the_scoring_library(room):
    (ann,) = people(room, 1)
    tell(room, ann, "weigh", weights={"pay": 9, "employment": 1})
    evidence = room.evidence.assessment.appraisal.evidence
    expected = appraise(evidence, {"pay": 0.9, "employment": 0.1}).additive.score
    own = {at.candidate: at.score for at in room.places_for(ann)}
    assert [own[key] for key in evidence.rows["candidate"]] == pytest.approx(expected)
    # By pay alone the best paid is first.
    tell(room, ann, "weigh", weights={"relative-pay": 1})
    ranked = [row for row in room.evidence.rows if not row["set_aside"]]
    best = max(ranked, key=lambda row: np.nan_to_num(row["pay_ratio"], nan=-1.0))
    assert best["candidate"] in {at.candidate for at in room.places_for(ann) if at.rank == 1}


def test_weights_on_nothing_that_has_data_give_no_ranking_and_a_sentence(room, begun):
    silent = begun.charter.model_copy(update={"knowledge": None})
    quiet = Room(silent, State(), room._measure, look=room._look)
    (ann,) = people(quiet, 1)
    tell(quiet, ann, "weigh", weights={"local-knowledge": 5})
    assert "local-knowledge" not in quiet.has_data
    assert quiet.places_for(ann) == ()


def test_with_fewer_than_three_ballots_nothing_is_told_of_the_group(room):
    ann, bo, cy = people(room, 3)
    for who in (ann, bo):
        tell(room, who, "weigh", weights={"pay": 5})
    count(room)
    group = room.group()
    assert (group.n, len(group.weights), len(group.ranking), group.agreement) == (0, 0, 0, None)
    tell(room, cy, "weigh", weights={"employment": 5})
    assert room.group().n == 0
    tell(room, FACILITATOR, "count", what="ballots")
    group = room.group()
    aside = [row["candidate"] for row in room.evidence.rows if row["set_aside"]]
    assert group.n == 3 and aside
    assert {*group.ranking["candidate"], *aside} == {c.key for c in room.candidates}
    assert group.mean_weights["pay"] == pytest.approx(2 / 3, abs=0.005)


def test_the_groups_picture_is_that_of_everybodys_own(room):
    voters = people(room, 7)
    rng = np.random.default_rng(3)
    keys = [c.key for c in room.charter.criteria if c.weight]
    for who in voters:
        sliders = dict(zip(keys, rng.integers(1, 11, len(keys)).tolist(), strict=True))
        tell(room, who, "weigh", weights=sliders)
    tell(room, voters[0], "weigh", order=keys[:4])
    order = [row["candidate"] for row in room.evidence.rows if not row["set_aside"]]
    own = [pd.DataFrame(room.places_for(who)).set_index("candidate").loc[order] for who in voters]
    count(room)
    group = room.group()
    table = group.ranking.set_index("candidate").loc[order]
    scores = np.array([o["score"] for o in own])
    assert table["mean_score"].to_numpy() == pytest.approx(scores.mean(axis=0), abs=0.005)
    assert group.agreement.w == pytest.approx(kendalls_w([o["rank"] for o in own]).w)
    assert table["first_chance"].sum() >= 0.95
    assert group.kinds == {"workforce": 4, "education": 3}
    assert sum(group.mean_weights.values()) == pytest.approx(1)
    assert list(group.ranking["rank"]) == sorted(group.ranking["rank"])


def test_a_hundred_ballots_are_a_picture(room):
    make_up_state(room, 100)
    count(room)
    group = group_of(room.state.counted, room.evidence.assessment)
    counted = group.weights["criterion"].isin(room.has_data)
    assert group.n == 100 and group.weights["counted_p10"].notna().equals(counted)


def make_up_state(room: Room, n: int) -> None:
    keys = [c.key for c in room.charter.criteria if c.weight]
    rng = np.random.default_rng(1)
    for who in people(room, n):
        sliders = dict(zip(keys, rng.integers(0, 11, len(keys)).tolist(), strict=True))
        tell(room, who, "weigh", weights={**sliders, "pay": 1})


def test_who_was_taken_out_counts_no_longer_and_again_when_let_back_in(room):
    voters = people(room, 6)
    for who in voters:
        tell(room, who, "weigh", weights={"pay": 5})
    tell(room, FACILITATOR, "remove", participants=voters[:2])
    count(room)
    assert room.group().n == 4
    tell(room, FACILITATOR, "restore", participants=voters[:2])
    assert room.state.voters == tuple(voters) and not room.state.removed
    with pytest.raises(Refused, match="the count stays"):
        tell(room, FACILITATOR, "count", what="ballots")
    assert room.group().n == 4, "two alone would be known by the difference"


def test_a_person_is_one_voice_however_much_they_say(room):
    ann, bo = people(room, 2)
    before = room.evidence.row_of["mining"]["local_statements"]
    for _ in range(20):
        tell(room, ann, "say", candidate="mining", text="No.", rating=1)
    tell(room, ann, "say", candidate="mining", item="network", rating=1)
    tell(room, bo, "say", candidate="mining", text="Yes.", rating=5)
    row = room.evidence.row_of["mining"]
    assert before == 0 and (row["local_statements"], row["local_rating"]) == (2, 3.0)
    (shown,) = (s for s in sectors(room, FACILITATOR) if s.key == "mining")
    assert shown.heard == "2 voices, 22 ratings"


def test_an_organisation_that_the_room_names_counts_once_and_moves_the_ranking(room):
    (ann,) = people(room, 1)
    before = room.evidence.row_of["energy"]["engagement_organisations"]
    for name in ("Grid College", "grid  college", "Wind Council"):
        tell(room, ann, "effort", organisation=name, system="education", effort="e",
             candidate="energy")  # fmt: skip
    row = room.evidence.row_of["energy"]
    assert row["engagement_organisations"] == before + 2
    assert room.evidence.assessment.engagement["organisation"].tolist()[-1] == "Wind Council"


def test_a_hidden_statement_does_not_count_and_one_without_a_rating_is_shown(room):
    (ann,) = people(room, 1)
    before = room.evidence.row_of["mining"]["local_statements"]
    rated = tell(room, ann, "say", candidate="mining", text="No.", rating=1)
    tell(room, ann, "say", candidate="mining", text="We do not know.")
    row = room.evidence.row_of["mining"]
    assert row["local_statements"] == before + 1
    said = room.evidence.assessment.knowledge
    assert said.loc[said["candidate"] == "mining", "statement"].tolist()[-2:] == [
        "No.", "We do not know.",
    ]  # fmt: skip
    tell(room, FACILITATOR, "hide", id=rated)
    assert room.evidence.row_of["mining"]["local_statements"] == before


def test_the_files_alone_are_counted_as_a_profile_counts_them(begun):
    """The second way to count, held to the first."""
    state = load_state("sample")
    candidates = load_candidates(state)
    region, begin = "ferrow-valley", begun.charter
    of_files, of_room = people_of(state, candidates), people_of_room(begin, State(), candidates)
    theirs, ours = of_files.engagement, of_room.engagement
    wanted = theirs.counts[theirs.counts["region"] == region].set_index("candidate")
    assert ours.counts.set_index("candidate").equals(wanted)
    theirs, ours = of_files.knowledge, of_room.knowledge
    for name, key in (("ratings", ["candidate"]), ("readiness", ["candidate", "item"])):
        one, other = getattr(ours, name), getattr(theirs, name)
        other = other[other["region"] == region]
        assert one.set_index(key).sort_index().equals(other.set_index(key).sort_index()), name


def test_without_files_and_words_the_ground_is_missing_and_not_zero(begun, room):
    empty = begun.charter.model_copy(update={"knowledge": None, "engagement": None})
    quiet = Room(empty, State(), room._measure, look=room._look)
    assert len(quiet.evidence.assessment.people.missing) == 2
    assert not {"engagement", "local-knowledge"} & quiet.has_data
    assert "local_rating" not in quiet.evidence.assessment.measured.table
    assert "engagement" in quiet.evidence.rows[0]["criteria_missing"]


def test_a_changed_scope_is_measured_as_a_profile_measures_it_and_is_told(room, begun):
    part = {"naics": ["236"], "own": ["5"]}
    tell(room, FACILITATOR, "scope", candidate="construction", parts=[part])
    (outcome,) = room.outcome_of_scope()
    assert outcome.candidate == "construction"
    assert outcome.after["annual_avg_emplvl"] < outcome.before["annual_avg_emplvl"]
    assert room.candidates != room.charter.candidates and room.region == room.charter.region
    tell(room, FACILITATOR, "scope", counties=["99007", "99015"])
    outcomes = room.outcome_of_scope()
    assert len(outcomes) == len(room.candidates)
    jobs = "annual_avg_emplvl"
    assert all(o.after[f"{jobs}_lo"] <= o.before[f"{jobs}_hi"] for o in outcomes)
    tell(room, FACILITATOR, "scope", counties=None, candidate="construction", parts=None)
    assert room.outcome_of_scope() == () and room.region == room.charter.region


def test_a_sector_that_the_room_begins_is_measured_and_one_level_is_ranked(room):
    room.refresh()
    room.served = True
    (first, *_) = beginnings(room.evidence.assessment.uncovered)
    parts = [{key: list(codes) for key, codes in part.items()} for part in first.parts]
    tell(room, FACILITATOR, "scope", begin={"name": first.name, "parts": parts})
    assert room.outcome_of_scope() == (), "it is not measured yet"
    room.refresh()
    (outcome,) = room.outcome_of_scope()
    assert outcome.before is None and outcome.after["annual_avg_emplvl_hi"] > 0
    found = beginnings(room.evidence.assessment.uncovered)
    assert first.name not in [one.name for one in found]
    tell(room, FACILITATOR, "scope", candidate="health-care", ranked="parts")
    room.refresh()
    aside = {key: row["set_aside"] for key, row in room.evidence.row_of.items()}
    assert aside["health-care"] == "whole" and aside["hospitals"] != "part"
    again = from_bytes(to_bytes(room.evidence.bare)).uncovered
    pd.testing.assert_frame_equal(again, room.evidence.bare.uncovered)


def test_a_scope_that_cannot_be_measured_leaves_the_last_numbers_and_says_so(room):
    before = room.evidence.row_of["energy"]["annual_avg_emplvl"]

    def broken(scope):
        raise StoreError("The store has moved away.")

    room._measure = broken
    tell(room, FACILITATOR, "scope", counties=["99007"])
    assert room.evidence.row_of["energy"]["annual_avg_emplvl"] == before
    assert "take the change back" in room.trouble and "The store has moved away." in room.trouble
    assert room.is_behind and room.outcome_of_scope() == ()
    said = fragment("outcome", room, FACILITATOR)
    assert "take the change back" in said and "<table" not in said
    told = record.as_html(room)
    assert "every number of this record is of an earlier scope" in told
    assert "moved away" not in told, "which store is missing is nobody's business but the host's"
    assert json.loads(record.as_json(room))["evidence"] == []
    bare = room.evidence.bare
    tell(room, FACILITATOR, "scope", counties=None)
    room._measure = lambda scope: bare
    room.refresh()
    assert not room.is_behind and not room.trouble


def test_a_room_whose_scope_cannot_be_measured_opens_again_with_the_numbers_of_its_start(
    session, begun
):
    """On another laptop, which lacks the store: the day goes on with what is in the file."""

    def moved_away():
        raise StoreError("The store has moved away.")

    measure = ScopeMeasurer(session, moved_away)
    at_start = Room(begun.charter, State(), measure, look=measure.footprint)
    found = [row["annual_avg_emplvl"] for row in at_start.evidence.rows]
    narrower = {"counties": ["99007"]}
    state = apply(State(), Event(1, "event-1", FACILITATOR, "scope", narrower, AT))
    again = Room(begun.charter, state, measure, look=measure.footprint)
    now = [row["annual_avg_emplvl"] for row in again.evidence.rows]
    assert now == pytest.approx(found, nan_ok=True)
    assert again.is_behind and "of the one before it" in again.trouble


def test_a_served_room_shows_the_last_picture_until_the_next_is_there(room):
    voters = people(room, 4)
    for who in voters[:3]:
        tell(room, who, "weigh", weights={"pay": 5})
    count(room)
    room.refresh()
    room.served = True
    for who in voters:
        tell(room, who, "weigh", weights={"employment": 5})
    tell(room, FACILITATOR, "count", what="ballots")
    tell(room, FACILITATOR, "scope", counties=["99007"])
    assert room.group().n == 3 and room.is_computing
    assert room.refresh() == {"evidence", "group"}
    assert room.group().n == 4 and not room.is_computing
    assert room.refresh() == set()


def test_a_file_from_before_footprints_were_kept_opens_and_says_so(path, begun):
    def moved_away():
        raise StoreError("The store has moved away.")

    session = Session.open(path)
    session._write("DELETE FROM meta WHERE name=?", [("footprint start",)])
    measure = ScopeMeasurer(session, moved_away)
    without = Room(begun.charter, State(), measure, look=measure.footprint)
    assert without.evidence.rows and without.footprint is None
    assert without.footprint_trouble == "The store has moved away."
    assert open_room(session, begun.store).footprint.flows
    assert session.kept("footprint start")["flows"]
    session.close()


def test_what_was_measured_is_kept_as_it_was(room):
    bare = room.evidence.bare
    again = from_bytes(to_bytes(bare))
    assert again.table.equals(bare.table)
    assert again.draws.keys() == bare.draws.keys()
    for name, drawn in bare.draws.items():
        np.testing.assert_array_equal(again.draws[name], drawn)


@pytest.mark.slow
def test_a_session_is_opened_again_without_the_store(path, begun, tmp_path, monkeypatch):
    """What the room saw is in the file: a store that is gone or changed alters none of it."""
    monkeypatch.setattr("lmi.assessment.opening.take_in_sample", lambda *_: None)
    session = Session.open(path)
    room = open_room(session, begun.store)
    scope = {"counties": ["99007", "99015"]}
    session.append([Event(1, "event-1", 0, "scope", scope, AT)])
    room.state = apply(room.state, session.events()[0])
    seen = {row["candidate"]: row["annual_avg_emplvl"] for row in room.evidence.rows}
    looked = room.footprint
    session.close()
    again = open_session(path, Store(tmp_path / "nowhere"))
    shown = {r["candidate"]: r["annual_avg_emplvl"] for r in again.room.evidence.rows}
    assert shown == pytest.approx(seen, nan_ok=True)
    assert again.region.counties == ("99007", "99015")
    assert again.room.footprint == looked and looked.counties == ("99007", "99015")
    assert again.room.footprint_at_start().counties == begun.charter.region.counties
    assert any("The store has nothing of" in note for note in again.room.notes)
    assert open_session(path, begun.store).room.notes == ()


def test_an_analyst_starts_from_the_rooms_scope_and_mean_weights(path, begun):
    session = Session.open(path)
    room = open_room(session, begun.store)
    make_up(session, room, 5)
    counted = Event(room.state.seq + 1, "count-1", 0, "count", {"what": "ballots"}, AT)
    session.append([counted])
    session.close()
    found = open_session(path, begun.store)
    assert sum(found.mean_weights.values()) == pytest.approx(1)
    assert found.room.group().n == 5
    assert found.criteria == load_asked(load_state("sample")).criteria
    assert (found.year, found.region.key) == (begun.charter.year, "ferrow-valley")
    assert all(p.name.startswith("Made up") for p in found.room.state.participants.values())


def test_a_definition_edited_since_is_told_and_the_session_keeps_its_own(path, begun, tmp_path):
    from shutil import copytree

    from lmi import locations

    folder = tmp_path / "regions"
    copytree(locations.regions_dir(), folder)
    (folder / "sample" / "engagement.csv").unlink()
    (folder / "sample" / "criteria.yml").write_text("pay:\n  weight: 9\n", encoding="utf-8")
    found = open_session(path, begun.store, folder)
    assert found.criteria == begun.charter.criteria
    (note,) = found.room.notes
    assert "criteria.yml and engagement.csv" in note and "keeps to what it began with" in note


def test_counties_of_the_footprint_have_their_names(begun):
    assert begun.charter.counties["99007"] == "Copperfell"
    assert set(begun.charter.region.counties) <= set(begun.charter.counties)


def test_nothing_of_a_scope_is_left_when_it_goes_back(begun):
    region, candidates = scoped(begun.charter, State().scope)
    assert region == begun.charter.region and candidates == begun.charter.candidates


def test_each_candidate_comes_with_what_speaks_for_it_and_what_to_ask_and_without_its_rank(
    room: Room,
) -> None:
    present = [row for row in room.evidence.rows if row["annual_avg_emplvl"] > 0]
    assert all(row["reasons"] and row["reasons"][0].endswith(".") for row in present)
    assert any(reason.endswith("?") for row in present for reason in row["reasons"][1:])
    said = " ".join(reason for row in present for reason in row["reasons"])
    assert "first three" not in said and " rank" not in said


def test_a_changed_scope_has_the_place_with_the_room_beside_that_of_the_usual_weights(room):
    make_up_state(room, 5)
    part = {"naics": ["236"], "own": ["5"], "exclude": []}
    tell(room, FACILITATOR, "scope", candidate="construction", parts=[part])
    (before,) = outcomes(room)
    assert [line.label for line in before.lines][-1] == "Place, usual weights", "nothing is counted"
    count(room)
    (found,) = outcomes(room)
    line = found.lines[-1]
    assert line.label == "Place with the room"
    assert line.after == f"{room.group().places_of['construction']}."
    scope = room.state.scope
    room.state = replace(room.state, scope=Scope(), scope_seq=0)
    assert line.before == f"{room.group().places_of['construction']}."
    assert scope.is_changed
    assert any(
        one.label == f"Change in jobs, {room.charter.base_year} to {room.charter.year}"
        for one in found.lines
    )
