"""Pages: every step for both roles, whole, escaped and labelled, and nobody else's business."""

from __future__ import annotations

import json
import re

import pytest
from bs4 import BeautifulSoup

from lmi import words
from lmi.assessment.region import LiveAssessment
from lmi.schema.measures import MEASURES
from lmi.workshop import views
from lmi.workshop.events import FACILITATOR_KINDS, PARTICIPANT_KINDS
from lmi.workshop.state import FACILITATOR, STEPS
from lmi.workshop.views.group import group_view
from lmi.workshop.views.render import short_share
from tests.workshop_stage import go_to, join, play, tell

ROLES = ("participant", "facilitator")


def soup(html: str) -> BeautifulSoup:
    return BeautifulSoup(html, "html.parser")


def read(html: str) -> str:
    return " ".join(soup(html).get_text(" ").split())


@pytest.fixture
def played(room):
    people = play(room)
    go_to(room, "record")
    return room, people


@pytest.mark.parametrize("step", STEPS)
@pytest.mark.parametrize("role", ROLES)
def test_every_page_is_whole_and_safe_to_serve(played, step, role):
    room, people = played
    who = people[0] if role == "participant" else FACILITATOR
    tell(room, FACILITATOR, "step", **{"to": step, "from": "record"})
    page = soup(views.page(who, room, "token"))
    assert page.html["lang"] == "en" and page.title.string
    assert len(page.find_all("h1")) == 1
    ids = [tag["id"] for tag in page.find_all(id=True)]
    assert len(ids) == len(set(ids)), "an id stands twice"
    # The policy allows neither: a page that had one would break where it is served.
    assert not page.find_all(style=True) and not page.find_all("style")
    assert not [t for t in page.find_all("script") if not t.get("src", "").startswith("/static/")]
    assert not [t.name for t in page.find_all() if any(a.startswith("on") for a in t.attrs)]
    away = [t for t in page.find_all(src=True) if not t["src"].startswith("/")]
    away += [t for t in page.find_all(href=True) if not t["href"].startswith(("/", "#"))]
    assert not away
    for field in page.find_all(["input", "select", "textarea"]):
        if field.get("type") != "hidden":
            labelled = field.find_parent("label") or field.get("aria-label")
            assert labelled or page.find("label", {"for": field.get("id")}), field
            is_sent = field.find_parent(attrs={"data-form": True})
            assert field.get("id") or not is_sent, f"what is entered is kept by its id: {field}"


@pytest.mark.parametrize("role", ROLES)
def test_every_part_can_be_fetched_by_who_may_see_it(played, role):
    room, people = played
    who = people[0] if role == "participant" else FACILITATOR
    for name in views.PARTS[role]:
        assert isinstance(views.fragment(name, room, who), str), name
    for name in {*views.PARTS["participant"], *views.PARTS["facilitator"]} - views.PARTS[role]:
        with pytest.raises(KeyError):
            views.fragment(name, room, who)


def test_every_input_says_which_parts_it_changes():
    known = {*views.PARTS["participant"], *views.PARTS["facilitator"]}
    for kind in ("join", *PARTICIPANT_KINDS, *FACILITATOR_KINDS):
        assert set(views.changed_by(kind)) <= known
        assert views.changed_by(kind), kind


@pytest.mark.parametrize("step", STEPS)
def test_a_page_with_its_assets_weighs_less_than_150_kb(played, step):
    room, people = played
    tell(room, FACILITATOR, "step", **{"to": step, "from": "record"})
    names = ("workshop.css", "workshop.js", "lead.js", "wall.js", "icon.svg")
    assets = sum((views.STATIC / name).stat().st_size for name in names)
    for who in (people[0], FACILITATOR):
        assert len(views.page(who, room, "token").encode()) + assets < 150_000


def test_the_script_stays_small():
    assert (views.STATIC / "workshop.js").stat().st_size < 22_000


def test_what_people_type_is_escaped_everywhere(room):
    evil = '<script>alert("1")</script>'
    ann = join(room, evil)
    go_to(room, "decide")
    tell(room, ann, "say", candidate="energy", rating=3, text=evil, show_name=True)
    tell(
        room, ann, "effort", organisation=evil, system="education", effort=evil, candidate="energy"
    )
    tell(room, FACILITATOR, "decide", first="energy", reasons=evil, questions=evil, convener=evil)
    for step in STEPS:
        tell(room, FACILITATOR, "step", **{"to": step, "from": room.state.step})
        for who in (ann, FACILITATOR):
            page = views.page(who, room, "token")
            assert "<script>alert" not in page
    tell(room, FACILITATOR, "step", **{"to": "know", "from": room.state.step})
    assert page.count("<script") == 2, "the facilitator's two of our own, and no other"
    assert views.page(ann, room, "token").count("<script") == 1
    assert evil in read(views.fragment("ground", room, FACILITATOR))
    assert evil not in views.join_page(room, evil, code=evil, name=evil, kind=evil)
    assert evil not in views.notice_page(evil, evil)


def test_the_join_page_keeps_what_was_typed_and_says_what_is_wrong(room):
    page = soup(
        views.join_page(room, "Not the code.", code="AB", name="Ann", kind="business", csrf="t")
    )
    assert page.find(role="alert").get_text() == "Not the code."
    assert page.find(id="code")["value"] == "AB" and page.find(id="name")["value"] == "Ann"
    assert page.find("input", value="business").has_attr("checked")
    assert page.find("input", {"name": "csrf"})["value"] == "t"


def test_without_a_session_there_is_nothing_to_join():
    assert not soup(views.join_page(None)).find("form")


def test_the_wall_shows_how_to_join_and_who_is_in_without_names(room):
    room.join_address = "http://192.168.1.5:8731"
    join(room, "Ann Lee", "business")
    join(room, "Ben", "education")
    shown = read(views.fragment("welcome", room, FACILITATOR))
    assert "192.168.1.5:8731" in shown and room.charter.code in shown
    assert "2 people are in" in shown and "1 Business" in shown and "1 Education" in shown
    assert "Ann Lee" not in read(views.fragment("roster", room, FACILITATOR))
    assert "<svg" in views.fragment("welcome", room, FACILITATOR)


def test_a_phone_may_look_back_but_not_ahead(room):
    ann = join(room)
    go_to(room, "weigh")
    assert "not open yet" not in read(views.fragment("see", room, ann))
    assert "not open yet" in read(views.fragment("decide", room, ann))


def test_the_own_ranking_moves_with_the_weights(room):
    ann = join(room)
    go_to(room, "weigh")
    rows = {row["candidate_name"]: row for row in room.evidence.rows}

    def first() -> str:
        return soup(views.fragment("ranking", room, ann)).select_one("li .name").get_text()

    tell(room, ann, "weigh", weights={"employment": 1})
    assert rows[first()]["emplvl_share"] >= 0.1
    tell(room, ann, "weigh", weights={"concentration-nation": 1})
    assert rows[first()]["lq"] >= 2


def test_sliders_come_back_where_they_were_left(room):
    ann = join(room)
    go_to(room, "weigh")
    tell(room, ann, "weigh", weights={"pay": 3, "employment": 7})
    page = soup(views.fragment("weigh", room, ann))
    assert page.find(id="w-pay")["value"] == "3" and page.find(id="w-employment")["value"] == "7"
    assert page.find(id="s-employment").get_text() == "70%"
    assert page.find(id="w-past-growth")["value"] == "0"


def test_an_order_comes_back_as_it_was_given(room):
    ann = join(room)
    go_to(room, "weigh")
    keys = [c.key for c in room.charter.criteria if c.weight > 0][::-1]
    tell(room, ann, "weigh", order=keys)
    page = soup(views.fragment("weigh", room, ann))
    assert [row["data-key"] for row in page.select(".order [data-key]")] == keys
    assert page.find("input", value="order").has_attr("checked")


def test_a_weight_on_what_has_no_data_says_so_instead_of_ranking(room, monkeypatch):
    ann = join(room)
    go_to(room, "weigh")
    monkeypatch.setattr(type(room), "places_for", lambda self, who: ())
    monkeypatch.setattr(type(room), "has_data", frozenset({"pay"}))
    assert "has no data here" in read(views.fragment("ranking", room, ann))
    page = soup(views.fragment("weigh", room, ann))
    assert "does not count here" in page.find(id="q-employment").get_text()
    assert "once the room has added some" in page.find(id="q-engagement").get_text()
    assert not page.find(id="q-pay").em
    assert page.find(id="s-employment").get_text() == "no data"
    assert page.find(id="s-pay").get_text() == "100%"


def test_statements_carry_the_kind_and_the_name_only_where_it_is_wished(played):
    room, people = played
    shown_html = views.fragment("ground", room, people[3], "construction")
    shown = read(shown_html)
    by = [one.get_text(strip=True) for one in soup(shown_html).select(".by")]
    assert any("Ann Lee, business" in one for one in by)
    assert "<bdi>Ann Lee</bdi>, business" in shown_html, "a name turns nothing but itself"
    assert "no beds" in shown and "Ben" not in shown
    # Ben can take his own back, and nobody else's.
    own = soup(views.fragment("ground", room, people[1], "construction"))
    assert len(own.select('[data-send="withdraw"]')) == 1


def test_what_is_hidden_is_gone_from_the_phones_and_marked_on_the_wall(played):
    room, people = played
    said = next(s for s in room.state.statements if "no beds" in s.text)
    tell(room, FACILITATOR, "hide", id=said.id)
    assert "no beds" not in views.fragment("ground", room, people[0], "construction")
    wall = soup(views.fragment("ground", room, FACILITATOR))
    assert "no beds" not in wall.get_text()
    gone = wall.select("li.hidden")
    assert gone and all(
        r.get_text(" ", strip=True) == "Hidden by the facilitator. Show" for r in gone
    )
    kept = soup(views.fragment("manage", room, FACILITATOR)).select_one("#hidden-words")
    assert "no beds" in kept.get_text()


def test_many_knocks_are_named_as_such(room):
    ann = join(room)
    for name in ("College", "Board", "Chamber", "Council"):
        tell(room, ann, "effort", organisation=name, system="education", effort="Visits",
             candidate="retail")  # fmt: skip
    assert "Many knocks: four organizations" in read(views.fragment("ground", room, ann, "retail"))


def test_the_readiness_rows_show_what_one_rated(played):
    room, people = played
    page = soup(views.fragment("readiness", room, people[2], "construction"))
    assert page.select_one('[data-item="champions"] input[checked]')["value"] == "4"
    assert not soup(views.fragment("readiness", room, people[0], "construction")).select(
        "input[checked]"
    )


def test_two_ballots_make_no_picture(room):
    ann, ben = join(room), join(room, "Ben")
    go_to(room, "agree")
    for who in (ann, ben):
        tell(room, who, "weigh", weights={"pay": 1, "employment": 9})
    for who in (ann, FACILITATOR):
        shown = views.fragment("group", room, who)
        assert "Three people must have weighed" in read(shown) and "<table" not in shown


def test_the_groups_picture_has_every_number_in_words_and_nobody_elses_ballot(played):
    room, people = played
    shown = soup(views.fragment("group", room, people[0]))
    assert "Kendall’s W" in shown.get_text() and "Kendall" not in shown.select_one("li").get_text()
    pay = next(row for row in shown.select(".weights tbody tr") if row.th.get_text() == "Pay")
    own = room.counting(room.weights_of(people[0].id))["pay"]
    assert f"you {own:.0%}" in pay.get_text()
    assert all(svg.get("aria-hidden") == "true" for svg in shown.find_all("svg"))
    for other in people[1:]:
        assert other.name not in shown.get_text()
    ranks = [int(cell.get_text()) for cell in shown.select(".standings tbody .rank")]
    assert ranks == sorted(ranks) and ranks[0] == 1


def test_shares_shown_are_of_the_weights_that_have_data(room, monkeypatch):
    for i in range(10):
        weights = {"pay": 2, "employment": 6, "past-growth": 2}
        tell(room, join(room, f"P{i}"), "weigh", weights=weights)
    go_to(room, "agree")
    known = frozenset({"pay", "employment"})
    monkeypatch.setattr(LiveAssessment, "has_data", known)
    picture = group_view(room)
    assert [w.mean for w in picture.weights] == pytest.approx([0.75, 0.25], abs=0.01)
    # Eight of ten lie where all do, of the same shares as the mean.
    assert [(w.low, w.high) for w in picture.weights] == [(w.mean, w.mean) for w in picture.weights]
    shown = read(views.fragment("group", room, FACILITATOR))
    assert len(picture.uncounted) == 1
    assert f"No data, so not counted: {picture.uncounted[0]}." in shown


def test_kinds_that_differ_are_named_with_the_criterion(room):
    for i in range(4):
        tell(room, join(room, f"B{i}", "business"), "weigh", weights={"pay": 9, "employment": 1})
        tell(room, join(room, f"E{i}", "education"), "weigh", weights={"pay": 1, "employment": 9})
    go_to(room, "agree")
    shown = read(views.fragment("group", room, FACILITATOR))
    assert "Pay: business weighs it most (90%), education least (10%)." in shown


def test_a_count_that_may_not_tell_kinds_apart_says_so(room):
    own = {"business": {"pay": 9, "employment": 1}, "education": {"pay": 1, "employment": 9}}
    people = {kind: [join(room, f"{kind} {n}", kind) for n in range(4)] for kind in own}
    for kind, some in people.items():
        for who in some:
            tell(room, who, "weigh", weights=own[kind])
    go_to(room, "agree")
    for who in (*people["business"][:2], people["education"][0]):
        tell(room, who, "weigh", weights={"pay": 5, "employment": 5})
    tell(room, FACILITATOR, "count", what="ballots")
    assert not room.state.counted.by_kind and len(room.state.counts) == 2
    shown = read(views.fragment("group", room, FACILITATOR))
    assert "not compared in this count" in shown and "fewer than two kinds" not in shown


def test_three_against_three_are_too_few_to_tell(room):
    for i in range(3):
        tell(room, join(room, f"B{i}", "business"), "weigh", weights={"pay": 9, "employment": 1})
        tell(room, join(room, f"E{i}", "education"), "weigh", weights={"pay": 1, "employment": 9})
    go_to(room, "agree")
    shown = read(views.fragment("group", room, FACILITATOR))
    assert "Too few people of a kind to tell" in shown
    assert "weighs it most (90%)" in shown and "No kind of organization" not in shown


def test_scope_shows_before_and_after_and_what_the_definition_now_is(room):
    ann = join(room)
    go_to(room, "scope")
    assert "Nothing is changed yet" in read(views.fragment("outcome", room, ann))
    tell(
        room, FACILITATOR, "scope", candidate="construction",
        parts=[{"naics": ["23"], "own": ["5"], "exclude": ["236"]}],
    )  # fmt: skip
    shown = soup(views.fragment("outcome", room, ann))
    assert "without Construction of buildings (236), private" in shown.get_text()
    jobs = next(row for row in shown.select("tr.moved") if row.th.get_text() == "Jobs")
    before, after = (int(re.sub(r"\D", "", cell.get_text())) for cell in jobs.find_all("td"))
    assert after < before


def test_the_editor_asks_for_one_industry_at_a_time(room):
    """It says which industry, not what becomes of the definition: that is for the rules."""
    go_to(room, "scope")
    part = {"naics": ["23"], "own": ["5"], "exclude": ["236"]}
    tell(room, FACILITATOR, "scope", candidate="construction", parts=[part])
    asked = {
        name: [
            {k: v for k, v in json.loads(button["data-json"]).items() if k != "candidate"}
            for button in soup(views.fragment(name, room, FACILITATOR, q)).select("li button")
        ]
        for name, q in (("editor", "construction"), ("industries", "construction roofing"))
    }
    assert asked["editor"] == [{"drop": "23"}, {"add": "236", "own": ["5"]}]
    assert asked["industries"][:2] == [{"drop": "23816"}, {"add": "32412"}]


def test_the_search_says_which_codes_other_years_had(room):
    go_to(room, "scope")
    found = soup(views.fragment("industries", room, FACILITATOR, "construction software"))
    said = [" ".join(one.get_text(" ").split()) for one in found.select(".codes")]
    assert said == [
        "5132, NAICS 2022 only", "42343", "5112, NAICS 2012 and 2017 only",
        "334614, NAICS 2012 and 2017 only",
    ]  # fmt: skip


def test_a_changed_footprint_names_the_counties_and_redraws_the_sectors(room):
    go_to(room, "scope")
    wider = next(area for area in room.charter.counties if area not in room.region.counties)
    tell(room, FACILITATOR, "scope", counties=[*room.region.counties, wider])
    shown = soup(views.fragment("outcome", room, FACILITATOR))
    name = room.charter.counties[wider].removesuffix(" County")
    assert f"Added: {name}." in shown.get_text()
    assert len(shown.select(".all tbody tr")) > 3


def test_what_each_county_does_is_being_looked_at_says_so_on_the_wall_alone(room, monkeypatch):
    ann = join(room)
    go_to(room, "scope")
    monkeypatch.setattr(room, "served", True)
    wider = next(area for area in room.charter.counties if area not in room.region.counties)
    tell(room, FACILITATOR, "scope", counties=[*room.region.counties, wider])
    wall, phone = (read(views.fragment("neighbors", room, who)) for who in (FACILITATOR, ann))
    assert "It comes in a moment" in wall and not phone.strip()


def test_level_sectors_stand_by_their_score_and_the_change_names_its_years(room):
    play(room)
    rows = group_view(room).standings
    assert rows == tuple(sorted(rows, key=lambda row: (row.rank, -row.mean_score, row.name)))
    assert [row.key for row in rows] == list(room.group().ranking["candidate"])
    bases = {row["base_year"] for row in room.evidence.rows}
    room.charter = room.charter.model_copy(update={"base_year": None})
    head = f"Change in jobs, {bases.pop():.0f} to {room.charter.year}"
    assert head in read(views.fragment("see", room, FACILITATOR))


@pytest.mark.parametrize("face", ["wall", "phone"])
def test_the_footprint_is_a_verdict_with_who_comes_and_goes_and_a_map(room, face):
    who = FACILITATOR if face == "wall" else join(room)
    go_to(room, "scope")
    shown = soup(views.fragment("footprint", room, who))
    seen = room.footprint
    assert shown.select_one(".first").get_text() == seen.verdict[0].partition(":")[0]
    by = seen.flows[0]
    assert [li.span.get_text() for li in shown.select(".ends-of ol:first-of-type li")][:1] == [
        by.comes_in[0].name
    ]
    assert by.comes_in[0].name in shown.svg["aria-label"]
    assert {t.get_text() for t in shown.select("text.own")} <= {
        room.charter.counties[c] for c in room.region.counties
    }
    assert "At the start" not in shown.get_text()
    numbers = [dt.get_text() for dt in shown.select(".tiles dt")]
    assert numbers == [words.whole_share(by.stay_to_work.value),
                       words.whole_share(by.filled_by_residents.value)]  # fmt: skip


def test_what_is_estimated_of_a_county_is_written_as_that(room):
    go_to(room, "scope")
    for key in ("health-care", "construction", "energy", "technology", "manufacturing"):
        seen = room.footprint.sector(key)
        now = soup(views.fragment("neighbors", room, FACILITATOR, key)).select("tbody td")[3]
        jobs = {end: seen.now.get(f"annual_avg_emplvl{end}") for end in ("", "_lo", "_hi")}
        is_number = words.is_known(jobs[""]) and " to " not in now.get_text()
        assert now.get_text().startswith("≈") == (is_number and jobs["_lo"] < jobs["_hi"]), key


def test_each_county_is_told_with_its_effect_and_only_the_facilitator_tries_it(room):
    ann = join(room)
    go_to(room, "scope")
    wall, phone = (soup(views.fragment("neighbors", room, who, "health-care"))
                   for who in (FACILITATOR, ann))  # fmt: skip
    heads = [th.get_text() for th in phone.select("tr.group th")]
    assert heads == ["Now", "If added", "If dropped"]
    rows = {tr.th.get_text(): tr for tr in wall.select("tbody tr:not(.group)")}
    own = {room.charter.counties[c] for c in room.region.counties}
    assert own < set(rows) and not phone.select("button")
    tried = {name: json.loads(tr.button["data-json"])["counties"]
             for name, tr in rows.items() if tr.button}  # fmt: skip
    name, counties = next(iter(tried.items()))
    moved = set(counties) ^ set(room.region.counties)
    assert {room.charter.counties[c] for c in moved} == {name}
    tell(room, FACILITATOR, "scope", counties=counties)
    shown = read(views.fragment("footprint", room, ann))
    assert "At the start: about right: 9" in shown and "of working residents work here" in shown
    jobs = MEASURES["annual_avg_emplvl"].cell(room.evidence.row_of["health-care"])
    assert jobs == rows[name].select("td")[3].get_text()


def test_the_decision_is_counted_without_a_kind_of_fewer_than_three(played):
    room, people = played
    shown = soup(views.fragment("choice", room, people[0]))
    rows = {row.th.get_text(): [int(c.get_text()) for c in row.find_all("td")]
            for row in shown.select(".tally tbody tr")}  # fmt: skip
    assert rows == {"Workforce, Education and Business": [2, 1, 1]}
    text = shown.get_text(" ")
    assert "Construction" in text and "Health care" in text and "Chamber" in text
    assert "Ben" not in text and "Dee" not in text
    assert shown.find("dd", dir="auto").decode_contents().count("<br/>") == 1


def test_the_form_of_the_decision_follows_what_another_window_saves(played):
    room, _people = played
    assert {"decision", "decision_form"} <= set(views.changed_by("decide"))
    form = soup(views.fragment("decision_form", room, FACILITATOR))
    assert form.select_one("#d-first option[selected]")["value"] == "construction"
    assert form.select_one("#d-remark-footprint")["value"] == "one county is open"
    # A field without an id would lose what is being typed into it when the form comes anew.
    assert all(field.get("id") for field in form.select("input, select, textarea"))


def test_a_new_choice_asks_everybody_again(room):
    ann = play(room)[0]
    agreeing = soup(views.fragment("choice", room, ann)).find(attrs={"aria-pressed": "true"})
    assert agreeing.get_text() == "I agree"
    tell(room, FACILITATOR, "decide", first="energy")
    again = soup(views.fragment("choice", room, ann))
    assert not again.find(attrs={"aria-pressed": "true"}) and not again.select(".tally")
    tell(room, FACILITATOR, "decide", first="construction")
    back = soup(views.fragment("choice", room, ann))
    assert back.find(attrs={"aria-pressed": "true"}) and back.select(".tally")


def test_a_room_that_decided_nothing_is_not_told_that_it_did(room):
    ann = join(room)
    go_to(room, "record")
    shown = read(views.fragment("record", room, ann))
    assert "What the room said is written down" in shown and "has not settled" in shown
    assert "What the room decided" not in shown


def test_without_a_choice_the_phones_are_told_so(room):
    ann = join(room)
    go_to(room, "decide")
    assert "not settled" in read(views.fragment("choice", room, ann))


@pytest.mark.parametrize(
    ("share", "said"), [(0, "0%"), (0.004, "<1%"), (0.5, "50%"), (0.997, ">99%"), (1, "100%")]
)
def test_a_chance_is_never_rounded_to_never_or_always(share, said):
    assert short_share(share) == said
