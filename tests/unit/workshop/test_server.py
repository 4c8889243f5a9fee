"""The server as phones meet it, honest ones and others."""

from __future__ import annotations

import asyncio
import contextlib
import gc
import json
import re
import socket
from typing import Any

import pytest
from tornado.httpclient import HTTPClientError, HTTPRequest
from tornado.httpserver import HTTPServer
from tornado.websocket import websocket_connect

from lmi.errors import LmiError
from lmi.workshop.auth import Guesses
from lmi.workshop.server import Pace
from lmi.workshop.session import Session
from lmi.workshop.start import StartPage
from lmi.workshop.views import PARTS
from tests.workshop_people import Person, Reply

SCRIPT = "<script>alert(1)</script><img src=x onerror=alert(2)>\"'&"


def line_of(person: Person, role: str, **headers: str) -> Any:
    """Open a page's line; what it hears comes from `read_message`."""
    cookie = "; ".join(f"{k}={v}" for k, v in person.cookies.items())
    url = f"{person.url.replace('http', 'ws')}/ws?as={role}"
    sent = {"Cookie": cookie, "Origin": person.url} | headers
    return websocket_connect(HTTPRequest(url, headers={k: v for k, v in sent.items() if v}))


async def heard(line: Any, seconds: float = 5) -> dict[str, Any]:
    message = await asyncio.wait_for(line.read_message(), seconds)
    assert message is not None, "the line was closed"
    return json.loads(message)


def refused_line(person: Person, role: str, **headers: str) -> int:
    async def run() -> int:
        try:
            await line_of(person, role, **headers)
        except HTTPClientError as error:
            return error.code
        return 101

    return asyncio.run(run())


def test_the_key_of_the_qr_code_and_the_facilitators_are_never_slowed_by_guesses(served):
    workshop_of(served).guesses = Guesses(free=1)
    guesser = Person(served.url)
    guesser.get("/")
    for _ in range(6):
        guesser.post_form("/join", code="WRONG1", name="A", kind="other")
    assert guesser.post_form("/join", code=served.code, name="A", kind="other").status == 429
    phone = Person(served.url)
    page = phone.get(f"/?key={workshop_of(served).signer.join_key}").text
    key = re.search(r'name="key" value="([0-9a-f]+)"', page).group(1)
    assert 'name="code"' not in page
    assert phone.post_form("/join", key=key, name="A", kind="other").status == 303
    assert served.facilitator().get("/f").status == 200
    assert 'name="code"' in Person(served.url).get(f"/?key={key[:-1]}").text


def test_a_door_that_is_locked_and_an_address_that_joins_too_often(served):
    facilitator = served.facilitator()
    facilitator.send("lock", {})
    late = Person(served.url)
    assert "The door is closed" in late.join(served.code, "Late").text
    facilitator.send("unlock", {})
    assert late.join(served.code, "Late").status == 303
    workshop_of(served).joins = Pace(burst=2, rate=0)
    replies = [Person(served.url).join(served.code, f"Bot {n}").status for n in range(4)]
    assert replies == [303, 303, 429, 429]
    everybody = list(served.room.state.participants)
    assert facilitator.send("remove", {"participants": everybody}).status == 200
    assert late.get("/now?as=p").status == 401
    assert facilitator.send("restore", {"participants": everybody}).status == 200
    assert late.get("/now?as=p").status == 200


# An honest workshop


def test_a_phone_joins_weighs_and_sees_its_own_ranking(served):
    ann = served.person("Zoë 👩🏽‍🔧 שלום")
    page = ann.get("/p")
    assert page.status == 200 and "שלום" in page.text
    reply = ann.send("weigh", {"weights": {"pay": 7, "employment": 3}})
    assert reply.status == 200 and reply.json["say"]
    ranking = ann.get("/part/ranking?as=p")
    assert ranking.status == 200
    best = served.room.places_for(next(iter(served.room.state.participants)))[0]
    assert best.candidate_name.replace("&", "&amp;") in ranking.text


def test_the_code_is_read_however_it_is_typed_and_the_qr_carries_it(served):
    ann = Person(served.url)
    assert served.code in ann.get(f"/?code={served.code}").text
    assert (
        ann.post_form("/join", code=f" {served.code.lower()} ", name="A", kind="other").status
        == 303
    )


def test_the_same_phone_is_one_participant(served):
    ann = served.person("Ann")
    assert ann.get("/").headers["Location"] == "/p"
    form = Person(served.url, cookies={k: v for k, v in ann.cookies.items() if "_v_" in k})
    form.get("/")
    for _ in range(2):  # the button pressed twice, and a cookie that was lost
        assert form.post_form("/join", code=served.code, name="Ann", kind="other").status == 303
    assert len(served.room.state.participants) == 1


def test_a_phone_that_is_handed_on_becomes_somebody_else(served):
    phone = served.person("Ann")
    phone.get("/p")
    assert phone.post_form("/leave").status == 303
    assert phone.join(served.code, "Bo").status == 303
    assert [p.name for p in served.room.state.participants.values()] == ["Ann", "Bo"]


def test_who_is_taken_out_has_to_join_again(served):
    ann, facilitator = served.person("Ann"), served.facilitator()
    (number,) = served.room.state.participants
    assert facilitator.send("remove", {"participants": [number]}).status == 200
    assert ann.send("weigh", {"weights": {"pay": 1}}).status == 401
    assert ann.get("/p").headers["Location"] == "/"
    assert ann.join(served.code, "Ann again").status == 303
    assert [p.name for p in served.room.state.participants.values()] == ["Ann again"]


def test_every_part_of_every_step_can_be_shown_to_those_it_is_for(served):
    ann, facilitator = served.person("Ann"), served.facilitator()
    step = "welcome"
    for to in ("see", "weigh", "know", "agree", "scope", "decide", "record"):
        assert facilitator.send("step", {"to": to, "from": step}).status == 200
        step = to
        assert ann.get("/p").status == 200 and facilitator.get("/f").status == 200
    for role, person in (("participant", ann), ("facilitator", facilitator)):
        for name in PARTS[role]:
            reply = person.get(f"/part/{name}?as={role[0]}&q=energy")
            assert reply.status == 200, (name, reply.text)
            assert "Traceback" not in reply.text


def test_a_line_hears_of_what_changes_and_of_nothing_else(served):
    ann, bo, facilitator = served.person("Ann"), served.person("Bo"), served.facilitator()

    async def run() -> None:
        phone, wall = await line_of(bo, "p"), await line_of(facilitator, "f")
        first = await heard(phone)
        assert (first["step"], first["changed"]) == ("welcome", [])
        await heard(wall)
        loop = asyncio.get_running_loop()
        send = loop.run_in_executor
        await send(None, lambda: ann.send("weigh", {"weights": {"pay": 1}}))
        told = set()
        while "progress" not in told:
            told |= set((await heard(wall))["changed"])
        await send(None, lambda: ann.send("say", {"candidate": "energy", "text": "x", "rating": 4}))
        told = set()
        while "ground" not in told:
            told |= set((await heard(phone))["changed"])
        await send(None, lambda: facilitator.send("step", {"to": "see", "from": "welcome"}))
        while (await heard(phone))["step"] != "see":
            pass
        phone.close()
        wall.close()

    asyncio.run(run())


def test_two_roles_in_one_browser_do_not_mix(served):
    alone = served.person("Ann")
    token = alone.token
    alone.enter(served.key)
    assert alone.get("/part/roster?as=f").status == 200
    assert alone.get("/part/roster?as=p").status == 403
    assert alone.send("step", {"to": "see", "from": "welcome"}).status == 200
    alone.token = token
    assert alone.send("weigh", {"weights": {"pay": 1}}).status == 200
    assert alone.send("step", {"to": "see", "from": "see"}).status == 403


def test_a_server_that_comes_back_knows_its_people(path, begun):
    from tests.unit.workshop.conftest import Served

    first = Served(path, begun.store)
    ann, facilitator = first.person("Ann"), first.facilitator()
    assert ann.send("weigh", {"weights": {"pay": 1}}, id="sent-before-the-crash").status == 200
    first.stop()
    again = Served(path, begun.store)
    for person in (ann, facilitator):
        person.url = again.url
    reply = ann.send("weigh", {"weights": {"pay": 9}}, id="sent-before-the-crash")
    assert reply.json["seq"] == 2, "it was there already"
    assert ann.send("say", {"candidate": "energy", "text": "After.", "rating": 3}).status == 200
    assert facilitator.send("step", {"to": "see", "from": "welcome"}).status == 200
    again.stop()
    session = Session.open(path)
    assert [e.kind for e in session.events()] == ["join", "weigh", "say", "step"]
    session.close()


def test_a_session_that_has_ended_lets_nobody_in_and_keeps_late_words_waiting(served):
    ann, facilitator = served.person("Ann"), served.facilitator()
    assert facilitator.send("close", {}).status == 200
    late = ann.send("say", {"candidate": "energy", "text": "late", "rating": 4}, id="late-words")
    assert late.status == 423 and "waits" in late.error
    reply = Person(served.url).join(served.code, "Late")
    assert reply.status == 403 and "has ended" in reply.text
    assert "has ended" in Person(served.url).get("/").text
    assert facilitator.send("reopen", {}).status == 200
    said = {"candidate": "energy", "text": "late", "rating": 4}
    assert ann.send("say", said, id="late-words").status == 200


def test_a_full_disk_is_told_and_the_server_lives_on(served):
    ann = served.person("Ann")
    pages = served.session._connection.execute("PRAGMA page_count").fetchone()[0]
    served.session._connection.execute(f"PRAGMA max_page_count={pages}")
    said = {"candidate": "energy", "text": "word " * 100, "rating": 4}
    replies = [ann.send("say", said, id=f"statement-{n}") for n in range(40)]
    full = [r for r in replies if r.status == 507]
    assert full and "disk is full" in full[0].error and "kept here" in full[0].error
    kept = sum(r.status == 200 for r in replies)
    assert len(served.room.state.statements) == kept
    assert ann.get("/p").status == 200
    served.session._connection.execute("PRAGMA max_page_count=1000000")
    again = [ann.send("say", said, id=f"statement-{n}") for n in range(40)]
    assert {r.status for r in again} == {200}
    assert len(served.room.state.statements) == 40, "each once"


# Others


def test_without_the_code_nobody_comes_in_and_guessing_is_slow(served):
    served_guesses = Guesses(free=5)
    workshop_of(served).guesses = served_guesses
    thief = Person(served.url)
    statuses = []
    for n in range(12):
        thief.get("/")
        statuses.append(
            thief.post_form("/join", code=f"AAAA{n:02d}", name="T", kind="other").status
        )
    assert statuses[:6] == [403] * 6 and statuses[-3:] == [429] * 3
    right = thief.post_form("/join", code=served.code, name="T", kind="other")
    assert right.status == 429, "the right code does not stand out while one has to wait"
    assert served.room.state.participants == {}


def test_twenty_five_people_behind_one_address_all_come_in(served):
    for n in range(25):
        person = Person(served.url)
        person.get("/")
        wrong = person.post_form("/join", code="WRONG9", name=f"P{n}", kind="other")
        assert wrong.status == 403 and "not the code" in wrong.text
        assert person.post_form("/join", code=served.code, name=f"P{n}", kind="other").status == 303
    assert len(served.room.state.participants) == 25


def workshop_of(served) -> Any:
    """The server's own object, to set limits that a test can reach."""
    (server,) = [
        o for o in gc.get_objects()
        if isinstance(o, HTTPServer)
        and o.request_callback.settings["workshop"].session is served.session
    ]  # fmt: skip
    return server.request_callback.settings["workshop"]


def test_the_facilitators_page_needs_the_facilitators_secret(served):
    thief = served.person("Ann")
    for key in ("", "x", served.code, served.key[:-1], served.key + "x"):
        assert thief.get(f"/f?key={key}").status == 403, key
    assert thief.get("/f").status == 403
    facilitator = Person(served.url)
    reply = facilitator.get(f"/f?key={served.key}")
    assert (reply.status, reply.headers["Location"]) == (302, "/f")
    assert served.key not in facilitator.get("/f").text


def test_forged_and_swapped_cookies_are_nobodys(served):
    ann, bo = served.person("Ann"), served.person("Bo")
    own = next(k for k in ann.cookies if "_p_" in k)
    facilitators = own.replace("_p_", "_f_")
    forgeries = (
        {own: "1"},
        {own: ann.cookies[own][:-2] + "aa"},
        {facilitators: ann.cookies[own]},
        {own: ann.cookies[own].replace("|", "|", 1)[: len(ann.cookies[own]) // 2]},
        {own: "\\x00" * 50},
    )
    for cookies in forgeries:
        thief = Person(served.url, cookies=cookies, token=ann.token)
        assert thief.get("/part/ranking").status == 401, cookies
        assert thief.get("/now").status == 401
        assert thief.send("weigh", {"weights": {"pay": 1}}).status == 401
        assert thief.get("/f").status == 403
    # Bo's cookie with Ann's token is neither of them.
    swapped = Person(served.url, cookies=dict(bo.cookies), token=ann.token)
    assert swapped.send("weigh", {"weights": {"pay": 1}}).status == 403
    assert served.room.state.voters == ()


def test_cookies_cannot_be_read_by_scripts_or_sent_by_other_sites(served):
    person = Person(served.url)
    person.get("/")
    reply = person.post_form("/join", code=served.code, name="A", kind="other")
    cookie = reply.headers["Set-Cookie"]
    assert "HttpOnly" in cookie and "SameSite=Strict" in cookie


@pytest.mark.parametrize("token", ["", "0" * 64, "ü", "facilitator"])
def test_an_input_without_its_token_is_refused(served, token):
    ann = served.person("Ann")
    ann.token = token
    reply = ann.send("weigh", {"weights": {"pay": 1}}, **({"X-CSRF": ""} if token == "ü" else {}))
    assert reply.status == 403 and reply.error
    assert served.room.state.voters == ()


@pytest.mark.parametrize("origin", ["http://evil.example", "null", "", "http://127.0.0.1:1"])
def test_posts_and_lines_of_other_sites_are_refused(served, origin):
    ann, facilitator = served.person("Ann"), served.facilitator()
    assert ann.send("weigh", {"weights": {"pay": 1}}, Origin=origin).status == 403
    assert facilitator.send("step", {"to": "see", "from": "welcome"}, Origin=origin).status == 403
    form = Person(served.url)
    form.get("/")
    joined = form.ask(
        "POST", "/join", f"csrf={form.token}&code={served.code}&name=A&kind=other".encode(),
        {"Content-Type": "application/x-www-form-urlencoded", "Origin": origin},
    )  # fmt: skip
    assert joined.status == 403
    assert refused_line(ann, "p", Origin=origin) == 403
    assert served.room.state.step == "welcome" and len(served.room.state.participants) == 1


def test_a_name_that_was_pointed_at_this_machine_is_refused(served):
    """DNS rebinding: the page's host is the attacker's, the address is ours."""
    ann, port = served.person("Ann"), served.url.rsplit(":", 1)[1]
    evil = f"evil.example:{port}"
    for path in ("/", "/p", "/part/ranking?as=p", "/static/workshop.js", f"/f?key={served.key}"):
        assert ann.get(path, Host=evil).status == 421, path
    reply = ann.send("weigh", {"weights": {"pay": 1}}, Host=evil, Origin=f"http://{evil}")
    assert reply.status == 421
    assert refused_line(ann, "p", Host=evil, Origin=f"http://{evil}") in (403, 421)
    assert ann.get("/p", Host=f"localhost:{port}").status == 200


def test_lines_need_a_cookie_and_are_not_given_without_end(served):
    assert refused_line(Person(served.url), "p") == 401
    ann = served.person("Ann")
    assert refused_line(ann, "f") == 401

    async def run() -> list[int]:
        lines, codes = [], []
        for _ in range(15):
            try:
                lines.append(await line_of(ann, "p"))
                codes.append(101)
            except HTTPClientError as error:
                codes.append(error.code)
        for line in lines:
            line.close()
        return codes

    codes = asyncio.run(run())
    assert codes == [101] * 12 + [429] * 3


def test_what_is_sent_over_a_line_is_not_taken_in(served):
    ann = served.person("Ann")

    async def run() -> None:
        line = await line_of(ann, "p")
        await heard(line)
        await line.write_message(json.dumps({"id": "x" * 20, "kind": "weigh", "data": {}}))
        try:
            await line.write_message("x" * 5000)  # longer than a line may be: it is closed
            while await asyncio.wait_for(line.read_message(), 5) is not None:
                pass
        finally:
            line.close()

    asyncio.run(run())
    assert served.room.state.seq == 1 and ann.get("/p").status == 200


def test_a_participant_does_nothing_that_is_the_facilitators(served):
    ann = served.person("Ann")
    for kind, data in (
        ("step", {"to": "see", "from": "welcome"}), ("close", {}), ("hide", {"id": 1}),
        ("scope", {"counties": ["99007"]}), ("decide", {"first": "energy"}),
        ("remove", {"participants": [1]}), ("join", {"name": "B", "kind": "other"}),
    ):  # fmt: skip
        reply = ann.send(kind, data)
        assert reply.status == 403, kind
    assert served.room.state.seq == 1
    for name in PARTS["facilitator"] - PARTS["participant"]:
        assert ann.get(f"/part/{name}?as=p").status == 403, name
    for name in (
        "record.html",
        "record.json",
        "record.pdf",
        "engagement.csv",
        "local_knowledge.csv",
    ):
        assert ann.get(f"/{name}?as=p").status == 403, name
        assert Person(served.url).get(f"/{name}").status == 401, name
    assert ann.get("/part/group?as=p").status == 403, "not before the room has come to it"


def test_nobody_reads_anothers_ballot(served):
    ann, bo, facilitator = served.person("Ann"), served.person("Bo"), served.facilitator()
    ann.send("weigh", {"weights": {"pay": 7.3125, "employment": 2.0625}})
    for to, came_from in (("weigh", "welcome"), ("agree", "weigh")):
        facilitator.send("step", {"to": to, "from": came_from})
    pages = [bo.get("/p").text, facilitator.get("/f").text]
    pages += [bo.get(f"/part/{name}?as=p").text for name in PARTS["participant"]]
    pages += [facilitator.get(f"/part/{name}?as=f").text for name in PARTS["facilitator"]]
    assert all("7.3125" not in page and "2.0625" not in page for page in pages)
    assert ann.get("/part/ranking?as=p").text != bo.get("/part/ranking?as=p").text


def test_withdrawing_what_another_said_is_refused(served):
    ann, bo = served.person("Ann"), served.person("Bo")
    seq = ann.send("say", {"candidate": "energy", "text": "Mine.", "rating": 4}).json["seq"]
    reply = bo.send("withdraw", {"id": seq})
    assert reply.status == 403 and "Only the person who added this" in reply.error
    assert ann.send("withdraw", {"id": seq}).status == 200


def test_a_stale_step_is_refused_in_words(served):
    one, other = served.facilitator(), served.facilitator()
    assert one.send("step", {"to": "weigh", "from": "welcome"}).status == 200
    reply = other.send("step", {"to": "see", "from": "welcome"})
    assert reply.status == 409 and "The room is at the step 'weigh' by now" in reply.error


def test_markup_in_every_field_comes_back_as_text(served):
    ann, facilitator = served.person(SCRIPT[:60], "other"), served.facilitator()
    ann.send("say", {"candidate": "energy", "text": SCRIPT, "rating": 4, "show_name": True})
    ann.send("effort", {"organisation": SCRIPT, "system": "workforce", "effort": SCRIPT,
                        "candidate": "energy", "since": 2020})  # fmt: skip
    facilitator.send("decide", {
        "first": "energy", "reasons": SCRIPT, "questions": SCRIPT, "convener": SCRIPT,
        "footprint": SCRIPT, "definition": SCRIPT, "answers": {"agreed": SCRIPT},
    })  # fmt: skip
    step = "welcome"
    pages = []
    for to in ("see", "weigh", "know", "agree", "scope", "decide", "record"):
        facilitator.send("step", {"to": to, "from": step})
        step = to
        pages += [ann.get("/p").text, facilitator.get("/f").text]
    pages += [facilitator.get(f"/part/{n}?as=f&q={SCRIPT[:8]}").text for n in PARTS["facilitator"]]
    pages += [ann.get(f"/part/{n}?as=p").text for n in PARTS["participant"]]
    pages.append(facilitator.get("/record.html").text)
    form = Person(served.url)
    form.get("/")
    from urllib.parse import quote

    pages.append(form.get(f"/?code={quote(SCRIPT)}").text)
    pages.append(form.post_form("/join", code=SCRIPT, name=SCRIPT, kind=SCRIPT).text)
    assert sum("&lt;script&gt;alert(1)" in page for page in pages) >= 4, "it is shown, as text"
    for page in pages:
        assert "<script>alert" not in page and "<img src=x" not in page


@pytest.mark.parametrize(
    "body",
    [
        b"", b"{", b"null", b"[]", b'"x"', b"\xff\xfe", b"[" * 60_000, b'{"a":' * 10_000,
        b'{"id": "abcdefgh-1", "kind": "weigh", "data": {"weights": {"pay": NaN}}}',
        b'{"id": "abcdefgh-1", "kind": ["weigh"], "data": {}}',
        b'{"id": {"$gt": ""}, "kind": "weigh", "data": {}}',
        b'{"kind": "weigh"}',
    ],
)  # fmt: skip
def test_what_is_no_input_is_refused_in_a_sentence(served, body):
    ann = served.person("Ann")
    reply = ann.ask("POST", "/in", body, {"X-CSRF": ann.token})
    assert reply.status == 400 and reply.error.endswith("load it again.")
    assert served.room.state.seq == 1


@pytest.mark.parametrize(
    ("kind", "data", "status"),
    [
        ("say", {"candidate": "energy", "text": "x", "rating": 9}, 422),
        ("say", {"candidate": "energy", "text": "x" * 700}, 422),
        ("weigh", {"weights": {"pay": -5}}, 422),
        ("weigh", [[[[[[]]]]]], 422),
        ("step", {}, 403),
    ],
)
def test_a_shape_posted_by_hand_is_refused(served, kind, data, status):
    reply = served.person("Ann").send(kind, data)
    assert reply.status == status and reply.error


def test_a_name_of_ten_kilobytes_is_refused_in_words(served):
    person = Person(served.url)
    person.get("/")
    reply = person.post_form("/join", code=served.code, name="x" * 10_000, kind="other")
    assert reply.status == 422 and "10,000 characters; write at most 60" in reply.text
    assert len(reply.text) < 20_000


def test_a_body_or_a_head_without_end_is_not_read(served):
    ann = served.person("Ann")
    with contextlib.suppress(ConnectionError):  # cut while the body is still being sent
        assert ann.ask("POST", "/in", b"x" * 200_000, {"X-CSRF": ann.token}).status == 400
    host, port = served.url.removeprefix("http://").split(":")
    with socket.create_connection((host, int(port)), timeout=20) as raw:
        answer = b""
        with contextlib.suppress(ConnectionError):
            raw.sendall(b"GET / HTTP/1.1\r\nHost: x\r\n" + b"A: b\r\n" * 10_000 + b"\r\n")
            answer = raw.recv(100)
    assert not answer.startswith(b"HTTP/1.1 200")
    assert ann.get("/p").status == 200 and served.room.state.seq == 1


@pytest.mark.parametrize(
    "asked",
    [
        "/static/../session.py", "/static/..%2f..%2fsession.py", "/static/%2e%2e/handlers.py",
        "/static//etc/passwd", "/static/.", "/static/", "/part/../../p", "/part/%2e%2e%2fsession",
        "/part/nothing", "/session", "/part/", "/.git/config", "/%00",
    ],
)  # fmt: skip
def test_paths_lead_nowhere_else(served, asked):
    ann = served.person("Ann")
    reply = ann.get(asked)
    assert reply.status in (403, 404), reply.text
    assert "import" not in reply.text and "root:" not in reply.text


def test_methods_that_are_not_meant_are_refused(served):
    ann = served.person("Ann")
    for method in ("PUT", "DELETE", "PATCH", "OPTIONS"):
        assert ann.ask(method, "/p").status in (403, 405), method
    assert ann.get("/in").status == 405


def test_every_answer_forbids_framing_keeping_and_foreign_scripts(served):
    ann = served.person("Ann")
    replies: list[Reply] = [ann.get(p) for p in ("/", "/p", "/part/ranking?as=p", "/nowhere", "/f")]
    replies.append(ann.send("say", {"candidate": "energy", "rating": 9}))
    for reply in replies:
        policy = reply.headers["Content-Security-Policy"]
        assert "default-src 'none'" in policy and "frame-ancestors 'none'" in policy
        assert "unsafe" not in policy and "*" not in policy
        assert reply.headers["X-Frame-Options"] == "DENY"
        assert reply.headers["X-Content-Type-Options"] == "nosniff"
        assert reply.headers["Cache-Control"] == "no-store"
        assert "Server" not in reply.headers
    page = ann.get("/p").text
    assert not re.search(r"<script(?![^>]*\bsrc=)|<style|\sstyle=|\son\w+=", page)
    assert not re.search(r"""(?:src|href)\s*=\s*["'](?:https?:)?//""", page)


def test_a_defect_shows_nothing_of_the_inside(served, monkeypatch):
    from lmi.workshop import views

    def broken(*words: Any) -> str:
        raise RuntimeError("the secret path /home/somebody")

    ann = served.person("Ann")
    monkeypatch.setattr(views, "page", broken)
    reply = ann.get("/p")
    assert reply.status == 500 and "secret" not in reply.text and "Traceback" not in reply.text


def test_a_script_that_runs_wild_is_asked_to_slow_down(served):
    from lmi.workshop.server import Pace

    workshop_of(served).pace = Pace(burst=5, rate=1.0)
    ann = served.person("Ann")
    replies = [ann.send("weigh", {"weights": {"pay": n + 1}}) for n in range(10)]
    assert {r.status for r in replies[:5]} == {200} and replies[-1].status == 429
    assert "kept and sent again" in replies[-1].error


def test_the_page_that_begins_something_says_which_it_is_where_a_port_is_taken():
    async def begin(title: str, port: int) -> None:
        page = StartPage(title, "Open", lambda chosen: "", {})
        page.listen("127.0.0.1", port)

    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        for title in ("Analyst's bench", "Begin a workshop"):
            with pytest.raises(LmiError, match=f'^The page "{title}" cannot listen at .*{port}'):
                asyncio.run(begin(title, port))
