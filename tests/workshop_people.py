"""People who use a workshop's server as a browser does: cookies, tokens, origins."""

from __future__ import annotations

import http.client
import json
import re
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode, urlsplit

TOKEN = re.compile(r'name="csrf"\s+(?:value|content)="([0-9a-f]+)"')


@dataclass(frozen=True)
class Reply:
    """What the server answered."""

    status: int
    headers: Mapping[str, str]
    text: str

    @property
    def json(self) -> Any:
        return json.loads(self.text)

    @property
    def error(self) -> str:
        return str(self.json["error"])


@dataclass
class Person:
    """A browser: keeps cookies, knows the token of its page."""

    url: str
    cookies: dict[str, str] = field(default_factory=dict)
    token: str = ""

    def ask(
        self,
        method: str,
        path: str,
        body: bytes = b"",
        headers: Mapping[str, str] | None = None,
    ) -> Reply:
        """Send one request, as the browser of a page of this server would."""
        at = urlsplit(self.url)
        sent = {"Host": at.netloc, "Cookie": "; ".join(f"{k}={v}" for k, v in self.cookies.items())}
        if method == "POST":
            sent["Origin"] = self.url
        sent |= headers or {}
        line = http.client.HTTPConnection(at.hostname or "", at.port, timeout=30)
        try:
            line.request(method, path, body, {k: v for k, v in sent.items() if v})
            answer = line.getresponse()
            reply = Reply(answer.status, dict(answer.getheaders()), answer.read().decode())
            for name, value in answer.getheaders():
                if name.lower() == "set-cookie":
                    self._keep(value)
        finally:
            line.close()
        return reply

    def _keep(self, cookie: str) -> None:
        name, _, value = cookie.partition(";")[0].partition("=")
        self.cookies[name] = value
        if value in ("", '""'):
            del self.cookies[name]

    def get(self, path: str, **headers: str) -> Reply:
        reply = self.ask("GET", path, headers=headers)
        if found := TOKEN.search(reply.text):
            self.token = found.group(1)
        return reply

    def post_form(self, path: str, **fields: str) -> Reply:
        body = urlencode({"csrf": self.token, **fields}).encode()
        return self.ask("POST", path, body, {"Content-Type": "application/x-www-form-urlencoded"})

    def join(self, code: str, name: str = "Ann", kind: str = "education") -> Reply:
        """Go to the first page, fill it in, and end up on one's own."""
        self.get("/")
        reply = self.post_form("/join", code=code, name=name, kind=kind)
        if reply.status == 303:
            self.get("/p")
        return reply

    def enter(self, key: str) -> Reply:
        """Come in as the facilitator."""
        self.get(f"/f?key={key}")
        return self.get("/f")

    def send(self, kind: str, data: Any, id: str = "", **headers: str) -> Reply:
        """Send an input, as the page's script does."""
        said = {"id": id or secrets.token_hex(16), "kind": kind, "data": data}
        sent = {"Content-Type": "application/json", "X-CSRF": self.token, **headers}
        return self.ask("POST", "/in", json.dumps(said).encode(), sent)
