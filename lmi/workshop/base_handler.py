"""Who asks, and in whose name: what every address of the server looks at first."""

from __future__ import annotations

import logging
import re
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from tornado.web import HTTPError, RequestHandler

from lmi.workshop import views
from lmi.workshop.auth import DAYS, Signer, is_our_host
from lmi.workshop.state import FACILITATOR, Participant

if TYPE_CHECKING:
    from lmi.workshop.server import Workshop

__all__ = ["HEADERS", "POLICY", "WORDS", "BaseHandler", "subject_of"]

log = logging.getLogger("lmi.workshop")
_HOST = re.compile(r"[A-Za-z0-9.:\[\]-]{1,253}")
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
    "font-src 'self'; connect-src 'self' ws://{host} wss://{host}; form-action 'self'; "
    "base-uri 'none'; frame-ancestors 'none'"
)
HEADERS = {
    "Cache-Control": "no-store",
    "Content-Type": "text/html; charset=UTF-8",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=()",
    # Not `no-referrer`, with which browsers hide the origin of our own forms.
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}


class BaseHandler(RequestHandler):
    """What every address has in common: who asks, and in whose name."""

    @property
    def workshop(self) -> Workshop:
        """The session that is served."""
        found: Workshop = self.application.settings["workshop"]
        return found

    @property
    def signer(self) -> Signer:
        """What signs and reads cookies."""
        return self.workshop.signer

    def set_default_headers(self) -> None:
        """Let pages run our own script alone, and nobody keep or frame them."""
        self.clear_header("Server")
        for name, value in HEADERS.items():
            self.set_header(name, value)
        host = self.request.host
        own = self.workshop.front.netloc or (host if _HOST.fullmatch(host) else "127.0.0.1")
        self.set_header("Content-Security-Policy", POLICY.format(host=own))

    def prepare(self) -> None:
        """Refuse requests that name another machine, or come from another site."""
        workshop = self.workshop
        host = self.request.host
        is_front = host.lower() == workshop.front.netloc
        if not is_front and not is_our_host(host, workshop.bind, workshop.names):
            raise HTTPError(421)
        if self.request.method not in ("GET", "HEAD") and not self.is_same_origin():
            raise HTTPError(403)

    def is_same_origin(self) -> bool:
        """Tell whether the page that asks is ours."""
        given, front = urlsplit(self.request.headers.get("Origin", "")), self.workshop.front
        if front.url:
            return f"{given.scheme}://{given.netloc.lower()}{front.base}" == front.url
        return given.netloc == self.request.host

    @property
    def address(self) -> str:
        """Where the request comes from."""
        return str(self.request.remote_ip)

    def is_facilitator(self) -> bool:
        """Tell whether the facilitator's cookie is there."""
        name = self.signer.facilitator
        return self.signer.read(name, self.get_cookie(name)) == "facilitator"

    def participant(self) -> Participant | None:
        """Return who the participant's cookie names, None where there is none in the room."""
        name = self.signer.participant
        said = self.signer.read(name, self.get_cookie(name))
        return self.workshop.state.participants.get(int(said)) if said else None

    def asker(self) -> Participant | int:
        """Return the role in which the page asks."""
        role = self.get_query_argument("as", "")
        if role != "p" and self.is_facilitator():
            return FACILITATOR
        who = self.participant() if role != "f" else None
        if who is None:
            raise HTTPError(401)
        return who

    def sign_in(self, name: str, value: str) -> None:
        """Set a signed cookie that no script and no other site can use."""
        self.set_cookie(
            name, self.signer.sign(name, value), expires_days=DAYS, httponly=True,
            samesite="Strict", secure=self.workshop.front.is_secure,
            path=self.workshop.front.base or "/",
        )  # fmt: skip

    def go(self, path: str, status: int = 302) -> None:
        """Send the browser to another of our pages."""
        # Whole behind a proxy: some put their path before an address that begins with a slash.
        self.redirect(f"{self.workshop.front.url}{path}", status=status)

    def log_exception(self, kind: Any, error: Any, trace: Any) -> None:
        """Write defects down, and nothing of who asked."""
        if not isinstance(error, HTTPError):
            log.error("%s failed", type(self).__name__, exc_info=(kind, error, trace))

    def notice(self, title: str, sentence: str, status: int) -> None:
        """Say something to a person."""
        self.set_status(status)
        self.finish(views.notice_page(title, sentence, self.workshop.front.base))

    def write_error(self, status_code: int, **kwargs: Any) -> None:
        """Say what is wrong in a sentence, and nothing of how the server is made."""
        title, sentence = WORDS.get(status_code, WORDS[500])
        self.finish(views.notice_page(title, sentence, self.workshop.front.base))


WORDS = {
    400: ("Not understood", "The page sent something that cannot be read; load it again."),
    401: ("Please join", "This page is for people in the room; join with the code on the screen."),
    403: ("Not allowed", "This page is not for you, or it was asked for from another site."),
    404: ("Not here", "There is no such page; go back to the start."),
    405: ("Not understood", "This page cannot be used like that; go back to the start."),
    421: ("Another name", "This machine is not known by that name; use the address on the screen."),
    500: ("Something broke", "The server met a defect; what you entered before is safe."),
}


def subject_of(who: Participant | int) -> str:
    """Return in whose name a token is."""
    return f"p {who.id}" if isinstance(who, Participant) else "f"
