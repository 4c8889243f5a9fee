"""The record: what was typed, word for word, and nobody's ballot; files that the next run reads."""

from __future__ import annotations

import base64
import hashlib
import json
import shutil
from io import BytesIO
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from pypdf import PdfReader

from lmi.assessment.people_files import people_of, read_engagement, read_knowledge
from lmi.config import load_candidates
from lmi.schema.owned import LOCAL_KNOWLEDGE
from lmi.sources.own_file import guarded, read_own, restored
from lmi.workshop import record
from lmi.workshop.state import FACILITATOR
from tests.workshop_stage import go_to, join, play, tell

TEXTS = [
    "=HYPERLINK(\"http://x\",\"y\")", "'=1+1", "''+2", "-2 rooms", "@SUM(A1)", "'tis a start",
    'He said "no", twice', "one\ntwo\n\n# three", "موظفون 😀", "# not a comment", "a,b;c\td",
]  # fmt: skip


@pytest.fixture
def folder(room, tmp_path) -> Path:
    """The state's folder, a copy that the room may be told to write for."""
    copy = tmp_path / "state"
    shutil.copytree(room.state_config.folder, copy)
    room.state_config = room.state_config.model_copy(update={"folder": copy})
    return copy


def saved(room, folder: Path) -> Path:
    """Put the files of the record where the page says to put them."""
    (folder / "engagement.csv").write_bytes(record.engagement_csv(room))
    (folder / "local_knowledge.csv").write_bytes(record.local_knowledge_csv(room))
    return folder


def test_the_json_holds_what_was_typed_and_what_it_rests_on(room):
    play(room)
    found = json.loads(record.as_json(room))
    assert found["decision"] | {"working_definition": "", "footprint": ""} == {
        "first": "construction", "next": ["health-care"], "footprint": "",
        "working_definition": "", "reasons": "It pays.\nIt grows.",
        "open_questions": "Who speaks for small firms?", "convener": "Chamber", "reopens": "",
        "after_action": {"agreed": "Yes", "footprint": "Partly: one county is open"},
    }  # fmt: skip
    assert found["agreement"] == [
        {"kind": "Workforce, Education and Business", "yes": 2, "no": 1, "silent": 1},
    ]
    said = found["knowledge"]["statements"]
    assert [s["statement"] for s in said] == [
        "Builders would take every apprentice.", "=1+1 <b>no beds</b>", "",
    ]  # fmt: skip
    assert found["group"]["people_who_weighed"] == 4
    assert sum(w["mean"] for w in found["group"]["weights"]) == pytest.approx(1, abs=0.02)
    assert all(len(source["sha256"]) == 64 for source in found["basis"]["sources"])
    assert found["basis"]["lmi_version"] and found["basis"]["criteria"]
    definition = found["definitions"]["construction"]["industries"]
    assert definition == [{"naics": ["23"], "own": ["5"], "exclude": []}]


def test_nobodys_ballot_and_no_unwished_name_is_in_any_file(room):
    people = play(room)
    code = room.charter.code
    for made in (
        record.as_json(room).decode(), record.as_html(room),
        record.engagement_csv(room).decode(), record.local_knowledge_csv(room).decode(),
    ):  # fmt: skip
        words = set(made.replace(">", " ").replace('"', " ").replace(",", " ").split())
        assert not {"Ben", "Cho", "Dee"} & words
        assert code not in made
    found = json.loads(record.as_json(room))
    names = {s["name"] for s in found["knowledge"]["statements"]}
    assert names == {"Ann Lee", ""} and people[0].name == "Ann Lee"
    assert not any("ballots" in key for key in (*found, *found["group"], *found["basis"]))


def test_with_fewer_than_three_ballots_the_weights_are_left_out(room):
    for name in ("Ann", "Ben"):
        tell(room, join(room, name), "weigh", weights={"pay": 1})
    go_to(room, "agree")
    assert set(json.loads(record.as_json(room))["group"]) == {"people_who_weighed", "note"}
    assert "Mean weight" not in record.as_html(room)


def test_the_footprint_is_recorded_with_its_verdict_and_the_flows_it_is_from(room):
    play(room)
    found = json.loads(record.as_json(room))["footprint"]
    assert found["verdict"] == list(room.footprint.verdict) and not found["not_known"]
    assert found["flows"][0]["when"] in found["verdict"][0]
    page = BeautifulSoup(record.as_html(room), "html.parser")
    said = page.find("h2", string="The footprint as a labor market").find_next("ul").get_text(" ")
    for part in (found["verdict"][0], "Most who come in live in", "Construction: "):
        assert part in said


def test_without_a_decision_the_record_says_so(room):
    assert json.loads(record.as_json(room))["decision"] is None
    assert "The room has not decided." in record.as_html(room)


def test_the_page_is_one_file_that_fetches_and_runs_nothing(room):
    play(room)
    html = record.as_html(room)
    page = BeautifulSoup(html, "html.parser")
    assert not page.find_all(["script", "link", "img", "iframe"])
    assert not page.find_all(style=True)
    assert "<b>no beds" not in html and "=1+1 <b>no beds</b>" in page.get_text()
    assert page.select_one(".first").get_text() == "Construction"
    assert page.find(["h1", "h2"]).name == "h1"
    # The server lets this one style sheet through, by its hash.
    digest = hashlib.sha256(page.style.string.encode()).digest()
    assert f"'sha256-{base64.b64encode(digest).decode()}'" in record.csp()


def test_hidden_words_are_in_no_file(room):
    play(room)
    said = next(s for s in room.state.statements if "no beds" in s.text)
    tell(room, FACILITATOR, "hide", id=said.id)
    for made in (record.as_json(room), record.local_knowledge_csv(room)):
        assert b"no beds" not in made
    assert "no beds" not in record.as_html(room)


def test_the_changed_scope_is_told(room):
    play(room)
    tell(
        room, FACILITATOR, "scope", candidate="construction",
        parts=[{"naics": ["23"], "own": ["5"], "exclude": ["236"]}],
    )  # fmt: skip
    found = json.loads(record.as_json(room))
    assert found["definitions"]["construction"]["changed_in_the_workshop"]
    assert "without Construction of buildings (236)" in found["decision"]["working_definition"]
    assert "What changing the scope did" in record.as_html(room)


@pytest.mark.parametrize("text", TEXTS)
def test_a_guarded_text_starts_no_formula_and_is_restored(text):
    assert not guarded(text).startswith(("=", "+", "-", "@", "\t", "\r", "\n"))
    assert restored(guarded(text)) == text


def test_the_files_are_read_back_as_they_were_typed(room, folder):
    ann = join(room)
    for at, text in enumerate(TEXTS):
        tell(room, ann, "say", candidate="energy", rating=1 + at % 5, text=text)
        line = " ".join(text.split())
        tell(room, ann, "effort", organisation=line, system="education", effort=line,
             candidate="energy", since=2001 + at)  # fmt: skip
    tell(room, ann, "say", candidate="energy", rating=4, item="urgency")
    before = read_own(folder / "local_knowledge.csv", LOCAL_KNOWLEDGE).rows
    saved(room, folder)
    candidates = load_candidates(room.state_config)
    added = read_knowledge(room.state_config, candidates).iloc[len(before) :]
    typed = [s.text for s in room.state.statements]
    assert added["statement"].tolist() == typed
    assert set(added["who"]) == {"business"} and set(added["date"]) == {"2026-11-22"}
    assert added["rating"].tolist() == [s.rating for s in room.state.statements]
    efforts = read_engagement(room.state_config, candidates).tail(len(TEXTS))
    assert efforts["organisation"].tolist() == [e.organisation for e in room.state.efforts]
    assert efforts["since"].tolist() == [e.since for e in room.state.efforts]


def test_the_next_profile_counts_what_the_room_saw(room, folder):
    play(room)
    seen = {row["candidate"]: row for row in room.evidence.rows}
    saved(room, folder)
    region, candidates = room.charter.region, load_candidates(room.state_config)
    known = people_of(room.state_config, candidates, [region]).knowledge.ratings
    counted = people_of(room.state_config, candidates, [region]).engagement.counts
    for row in known.to_dict("records"):
        assert row["local_statements"] == seen[row["candidate"]]["local_statements"]
    for row in counted.to_dict("records"):
        name = "engagement_organisations"
        assert row[name] == seen[row["candidate"]][name]


def test_the_teams_own_file_stays_word_for_word(room, folder):
    own = "# ours\ncandidate,region,statement,rating,who,date,item,phone\n" + (
        "energy,ferrow-valley,Old words,3,A farmer,2020,,555\n"
    )
    (folder / "local_knowledge.csv").write_text(own, encoding="utf-8")
    tell(room, join(room), "say", candidate="retail", rating=2, text="New words")
    made = record.local_knowledge_csv(room).decode()
    assert made.startswith(own)
    saved(room, folder)
    rows = read_own(folder / "local_knowledge.csv", LOCAL_KNOWLEDGE).rows
    assert rows["statement"].tolist() == ["Old words", "New words"]


def test_a_file_without_a_column_that_is_needed_gets_it(room, folder):
    (folder / "local_knowledge.csv").write_text(
        "candidate,region,statement,rating,who,date\n"
        "energy,ferrow-valley,Old words,3,A farmer,2020\n",
        encoding="utf-8",
    )
    tell(room, join(room), "say", candidate="energy", rating=2, item="firms")
    saved(room, folder)
    rows = read_own(folder / "local_knowledge.csv", LOCAL_KNOWLEDGE).rows
    assert rows["item"].tolist() == ["", "firms"] and rows["statement"].tolist()[0] == "Old words"


def test_without_a_file_of_its_own_the_rooms_rows_are_enough(room, folder):
    for name in ("engagement.csv", "local_knowledge.csv"):
        (folder / name).unlink()
    play(room)
    saved(room, folder)
    region, candidates = room.charter.region, load_candidates(room.state_config)
    assert len(people_of(room.state_config, candidates, [region]).knowledge.rows) == 3
    assert len(people_of(room.state_config, candidates, [region]).engagement.rows) == 1


def test_statements_without_a_rating_are_counted_in_a_comment(room, folder):
    go_to(room, "know")
    (folder / "local_knowledge.csv").unlink()
    tell(room, join(room), "say", candidate="energy", text="Just so you know")
    assert b"# 1 without a rating" in record.local_knowledge_csv(room)
    assert "Just so you know" in record.as_html(room)


@pytest.mark.program
def test_the_pdf_holds_what_was_typed_in_any_script(room):
    people = play(room)
    text = "Line one\n#panic() *two* \\ $x$ موظفون 😀"
    tell(room, people[0], "say", candidate="energy", text=text)
    pages = PdfReader(BytesIO(record.as_pdf(room))).pages
    words = " ".join(" ".join(page.extract_text() for page in pages).split())
    assert "Line one #panic() *two* \\ $x$" in words


def test_page_one_alone_is_what_a_board_signs(room):
    people = play(room)
    tell(room, FACILITATOR, "decide", reopens="A year in which its jobs fall.")
    tell(room, people[2], "agree", yes=False, why="Small shops first.")
    tell(room, FACILITATOR, "count", what="answers")
    page = BeautifulSoup(record.as_html(room), "html.parser").select_one("section.sheet")
    told = page.get_text(" ", strip=True)
    for part in (
        f"{room.region.name}, {room.charter.state_name}", "Construction", "Health care",
        "It pays. It grows.", "Of 4 people, 2 agreed, 1 said not yet and 1 did not answer.",
        "Small shops first.", "A year in which its jobs fall.", "Who speaks for small firms?",
        "Convener: Chamber",
    ):  # fmt: skip
        assert part in " ".join(told.split()), part
    assert len(page.select(".sign tbody tr")) == 5 and len(page.select("svg")) == 1


@pytest.mark.program
def test_however_much_was_typed_page_one_is_one_page_and_the_annex_has_the_rest(room):
    people = play(room)
    long = "Words that go on and on. " * 24
    tell(room, FACILITATOR, "decide", reasons=long, questions=long, reopens=long)
    for who in people:
        tell(room, who, "agree", yes=False, why=f"{who.name} {long}"[:600])
    tell(room, FACILITATOR, "count", what="answers")
    html = record.as_html(room)
    assert "3 more in the annex." in html
    pages = PdfReader(BytesIO(record.as_pdf(room))).pages
    first, second = (" ".join(p.extract_text().split()) for p in pages[:2])
    assert "Signature" in first and "Annex" in second
    assert sum(p.extract_text().count("Minority: all") for p in pages) == 1


def test_chances_of_those_who_tie_add_up_to_one(room):
    play(room)
    firm = record._firm(room)
    assert sum(row["first_chance"] for row in firm) == pytest.approx(1)
    assert sum(row["top3_chance"] for row in firm) == pytest.approx(3)
