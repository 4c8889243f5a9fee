"""What answers at each address: the ways in, the pages and their parts, and the inputs."""

from __future__ import annotations

import importlib
import json
import re
from typing import Any
from urllib.parse import quote

from tornado.web import HTTPError

from lmi.workshop import views
from lmi.workshop.auth import same_secret
from lmi.workshop.base_handler import WORDS, BaseHandler, subject_of
from lmi.workshop.charter import read_code
from lmi.workshop.events import Refused
from lmi.workshop.state import FACILITATOR, Participant

__all__ = [
    "FacilitatorPage",
    "Fragment",
    "Input",
    "Join",
    "Leave",
    "NotFound",
    "ParticipantPage",
    "Show",
    "StartedAlready",
    "Status",
    "download",
]

_MOST_ASKED = 60
_LEAF = re.compile(r"[a-z][a-z0-9-]{0,70}")


class NotFound(BaseHandler):
    """Any other address."""

    def prepare(self) -> None:
        """There is nothing here."""
        super().prepare()
        raise HTTPError(404)


class Join(BaseHandler):
    """The first page: a code, a name, a kind of organisation."""

    def get(self) -> None:
        """Show it, or the page of somebody who has joined."""
        if self.participant() is not None:
            self.go("/p")
            return
        code = read_code(self.get_query_argument("code", ""))[:12]
        error = "This workshop has ended." if self.workshop.state.closed else ""
        self._show(self._visitor(), error, code=code, key=self.get_query_argument("key", ""))

    async def post(self) -> None:
        """Let somebody in."""
        visitor = self._known_visitor()
        said = {name: self.get_body_argument(name, "") for name in ("code", "key", "name", "kind")}
        if visitor is None or not self.signer.token_fits(
            self.get_body_argument("csrf", ""), f"v {visitor}"
        ):
            self._show(self._visitor(), "The page had waited too long; press Join again.", **said)
            return
        try:
            self._check_code(said["code"], said["key"])
            receipt = await self.workshop.intake.take(
                self.signer.join_id(visitor), FACILITATOR, "join",
                {"name": said["name"], "kind": said["kind"]},
            )  # fmt: skip
        except Refused as refused:
            self.set_status(refused.status)
            self._show(visitor, refused.sentence, **said)
            return
        self.sign_in(self.signer.participant, str(receipt.seq))
        self.go("/p", status=303)

    def _check_code(self, given: str, key: str) -> None:
        # Nobody guesses the key of the QR code, so it works whatever others guess.
        if not self.signer.opens_for_all(key):
            self._check_typed(given)
        if self.workshop.state.closed:
            raise Refused("This workshop has ended, and its code with it.", 403)
        if self.workshop.joins.wait(self.address):
            raise Refused("Many people join from here at once; press Join again in a moment.", 429)

    def _check_typed(self, given: str) -> None:
        guesses = self.workshop.guesses
        if (seconds := guesses.wait(self.address)) > 0:
            raise Refused(
                f"Too many wrong codes came from here; wait {seconds:.0f} seconds, then press Join "
                "again.".replace(" 0 seconds", " a second"),
                429,
            )
        if not same_secret(read_code(given), self.workshop.room.charter.code):
            guesses.wrong(self.address)
            raise Refused("That is not the code; look at the screen and type it again.", 403)

    def _known_visitor(self) -> str | None:
        name = self.signer.visitor
        return self.signer.read(name, self.get_cookie(name))

    def _visitor(self) -> str:
        """Return the visitor's own name, a new one for who has joined with it and was taken out."""
        visitor, state = self._known_visitor(), self.workshop.state
        joined = (
            None if visitor is None else self.workshop.intake.seen(self.signer.join_id(visitor))
        )
        if visitor is None or (joined is not None and joined.seq not in state.participants):
            visitor = self.signer.new_visitor()
            self.workshop.arrived(visitor)
            self.sign_in(self.signer.visitor, visitor)
        return visitor

    def _show(
        self,
        visitor: str,
        error: str,
        code: str = "",
        name: str = "",
        kind: str = "",
        key: str = "",
    ) -> None:
        page = views.join_page(
            self.workshop.room, error, code=code[:20], name=name[:200], kind=kind[:60],
            key=key if self.signer.opens_for_all(key) else "",
            csrf=self.signer.token(f"v {visitor}"),
        )  # fmt: skip
        self.finish(page)


class Leave(BaseHandler):
    """Lets a phone that is handed on be somebody else's."""

    def post(self) -> None:
        """Forget who was here; what they entered stays."""
        who = self.participant()
        if who is None or not self.signer.token_fits(
            self.get_body_argument("csrf", ""), subject_of(who)
        ):
            raise HTTPError(403)
        for name in (self.signer.participant, self.signer.visitor):
            self.clear_cookie(name, path=self.workshop.front.base or "/")
        self.go("/", status=303)


class ParticipantPage(BaseHandler):
    """A participant's page."""

    def get(self) -> None:
        """Show it, or the way in."""
        who = self.participant()
        if who is None:
            self.go("/")
            return
        token = self.signer.token(subject_of(who))
        self.finish(views.page(who, self.workshop.room, token))


class FacilitatorPage(BaseHandler):
    """The facilitator's page, behind a secret of its own."""

    def get(self, view: str | None = None) -> None:
        """Take the secret out of the address, or show the page."""
        key, room = self.get_query_argument("key", None), self.workshop.room
        if key is not None:
            self._enter(key, f"/f/{view}" if view else "/f")
        elif self.is_facilitator() and view == "handout":
            self.finish(views.handout_page(room))
        elif self.is_facilitator():
            self.finish(views.page(FACILITATOR, room, self.signer.token("f"), view or ""))
        else:
            self.notice(
                "For the facilitator",
                "This is the facilitator's page; open it with the address that the terminal shows.",
                403,
            )

    def _enter(self, key: str, path: str) -> None:
        if self.signer.opens_for_facilitator(key):  # 32 bytes: guessing needs no slowing down
            self.sign_in(self.signer.facilitator, "facilitator")
            self.go(path)
        else:
            self.notice(
                "For the facilitator",
                "The key in this address is not the facilitator's; copy it from the terminal.",
                403,
            )


class StartedAlready(BaseHandler):
    """Where the start page was, for who opens it again."""

    def get(self) -> None:
        """Lead who has its key to the facilitator's page, and nobody else."""
        workshop, given = self.workshop, self.get_query_argument("key", "")
        if not (workshop.start_key and same_secret(given, workshop.start_key)):
            raise HTTPError(403)
        self.go(f"/f?key={quote(workshop.session.keys.facilitator)}")


class JsonHandler(BaseHandler):
    """Answers a script: errors are a sentence in JSON."""

    def say(self, content: dict[str, Any], status: int = 200) -> None:
        """Answer."""
        self.set_status(status)
        self.set_header("Content-Type", "application/json; charset=UTF-8")
        self.finish(json.dumps(content, ensure_ascii=False))

    def write_error(self, status_code: int, **kwargs: Any) -> None:
        """Say what is wrong in a sentence."""
        self.say({"error": WORDS.get(status_code, WORDS[500])[1]}, status_code)


class Fragment(JsonHandler):
    """A part of a page, as the role that asks may see it."""

    def get(self, name: str) -> None:
        """Return its HTML."""
        who, room = self.asker(), self.workshop.room
        role = "participant" if isinstance(who, Participant) else "facilitator"
        if name not in views.PARTS[role]:
            known = name in {*views.PARTS["participant"], *views.PARTS["facilitator"]}
            raise HTTPError(403 if known else 404)
        if role == "participant" and name == "group" and not room.state.has_reached("agree"):
            raise HTTPError(403)
        asked = self.get_query_argument("q", "")[:_MOST_ASKED]
        # The last event that what is shown takes in.
        seq = room.group().seq if name == "group" else room.state.seq
        self.set_header("X-Seq", str(seq))
        self.finish(views.fragment(name, room, who, asked))


class Status(JsonHandler):
    """Where the room is, for a page whose socket is blocked."""

    def get(self) -> None:
        """Return it."""
        self.asker()
        state = self.workshop.state
        self.say({"seq": state.seq, "step": state.step, "closed": state.closed})


class Show(JsonHandler):
    """Turns the leaves of the wall from the private view; nothing of it is kept."""

    def post(self) -> None:
        """Tell the wall."""
        token = self.request.headers.get("X-CSRF", "")
        if not (self.is_facilitator() and self.signer.token_fits(token, subject_of(FACILITATOR))):
            raise HTTPError(403)
        what = _read_json(self.request.body).get("what")
        if not isinstance(what, str) or not _LEAF.fullmatch(what):
            self.say({"error": WORDS[400][1]}, 400)
            return
        self.workshop.notifier.show(what)
        self.say({})


class Input(JsonHandler):
    """Takes inputs in."""

    async def post(self) -> None:
        """Answer once the input is on the disk."""
        who = self._sender()
        wait = self.workshop.pace.wait(subject_of(who))
        try:
            if wait:
                raise Refused("Too much came at once; it is kept and sent again in a moment.", 429)
            said = _read_json(self.request.body)
            if said.get("kind") == "join":
                raise Refused("One joins with the code, on the first page.", 403)
            number = who.id if isinstance(who, Participant) else FACILITATOR
            receipt = await self.workshop.intake.take(
                said.get("id"), number, said.get("kind"), said.get("data")
            )
        except Refused as refused:
            self.say({"error": refused.sentence}, refused.status)
        else:
            self.say({"seq": receipt.seq, "say": receipt.say})

    def _sender(self) -> Participant | int:
        """Return whose token came with the request; its cookie must be there, too."""
        token, who = self.request.headers.get("X-CSRF", ""), self.participant()
        if self.is_facilitator() and self.signer.token_fits(token, subject_of(FACILITATOR)):
            return FACILITATOR
        if who is not None and self.signer.token_fits(token, subject_of(who)):
            return who
        raise HTTPError(403 if who is not None or self.is_facilitator() else 401)


def _read_json(body: bytes) -> dict[str, Any]:
    try:
        found = json.loads(body.decode("utf-8"), parse_constant=_no_number)
    except (ValueError, RecursionError):
        found = None
    if not isinstance(found, dict):
        raise Refused(WORDS[400][1], 400)
    return found


def _no_number(text: str) -> float:
    raise ValueError(text)


def download(make: str, name: str, content_type: str) -> type[BaseHandler]:
    """Return a handler that hands a file of the record to the facilitator.

    Parameters
    ----------
    make : str
        Function of `lmi.workshop.record` that makes the file of a room.
    name : str
        Of the file; empty to show it in the browser.
    """

    class Download(BaseHandler):
        """A file of the record."""

        async def get(self) -> None:
            """Return it."""
            if self.asker() != FACILITATOR:
                raise HTTPError(403)
            # Made when it is asked for: the libraries that print are slow to import.
            record = importlib.import_module("lmi.workshop.record")
            found = await self.workshop.compute(getattr(record, make), self.workshop.room)
            self.set_header("Content-Type", content_type)
            if name:
                self.set_header("Content-Disposition", f'attachment; filename="{name}"')
            else:
                self.set_header("Content-Security-Policy", record.csp())
            self.finish(found)

    return Download
