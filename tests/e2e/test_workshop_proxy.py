"""A workshop behind a real proxy: nginx, TLS on loopback, at a path that it keeps or takes off."""

from __future__ import annotations

import asyncio
import json
import re
import shutil
import socket
import ssl
import subprocess
import urllib.error
import urllib.request
from collections.abc import Iterator
from http.cookiejar import CookieJar
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest
from tornado.httpclient import HTTPRequest
from tornado.websocket import websocket_connect

from tests.workshop_program import Server, begun_room, free_port

pytestmark = pytest.mark.program

BASE = "/rooms/7"
NGINX = """
daemon off; worker_processes 1; pid {home}/nginx.pid; error_log {home}/error.log;
events {{ worker_connections 256; }}
http {{
  access_log off;
  client_body_temp_path {home}/a; proxy_temp_path {home}/b; fastcgi_temp_path {home}/c;
  uwsgi_temp_path {home}/d; scgi_temp_path {home}/e;
  server {{
    listen 127.0.0.1:{port} ssl;
    ssl_certificate {home}/cert.pem; ssl_certificate_key {home}/key.pem;
    location {base}/ {{
      proxy_pass http://127.0.0.1:{behind}{path};
      proxy_http_version 1.1;
      proxy_set_header Host {host};
      proxy_set_header X-Forwarded-For $remote_addr;
      proxy_set_header Upgrade $http_upgrade;
      proxy_set_header Connection "upgrade";
    }}
  }}
}}
"""


class Hosted:
    """A workshop and the proxy before it, and a browser's way through."""

    def __init__(
        self, home: Path, store: Path, begun: Path, keeps_path: bool, keeps_host: bool
    ) -> None:
        self.home, self.port = home, free_port()
        self.url = f"https://localhost:{self.port}{BASE}"
        subprocess.run(
            ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2",
             "-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost",
             "-keyout", str(home / "key.pem"), "-out", str(home / "cert.pem")],
            check=True, capture_output=True,
        )  # fmt: skip
        self.server = Server(home, store, "--base-url", self.url, begun=begun)
        (home / "nginx.conf").write_text(
            NGINX.format(
                home=home, port=self.port, behind=self.server.port, base=BASE,
                path="" if keeps_path else "/", host="$http_host" if keeps_host else "$proxy_host",
            ),
            encoding="utf-8",
        )  # fmt: skip
        self.proxy = subprocess.Popen(
            [
                "nginx",
                "-p",
                str(home),
                "-c",
                str(home / "nginx.conf"),
                "-e",
                str(home / "error.log"),
            ]
        )
        self.trust = ssl.create_default_context(cafile=str(home / "cert.pem"))
        self._wait()

    def _wait(self) -> None:
        for _ in range(100):
            with socket.socket() as probe:
                probe.settimeout(1)
                if probe.connect_ex(("127.0.0.1", self.port)) == 0:
                    return
            asyncio.run(asyncio.sleep(0.1))
        raise AssertionError((self.home / "error.log").read_text())

    def stop(self) -> None:
        self.proxy.terminate()
        self.proxy.wait(10)
        self.server.kill()


class Browser:
    """Follows redirects and keeps cookies as a browser does: their path and Secure count."""

    def __init__(self, hosted: Hosted) -> None:
        self.hosted, self.jar, self.token = hosted, CookieJar(), ""
        self._opener = urllib.request.build_opener(
            urllib.request.ProxyHandler({}),
            urllib.request.HTTPCookieProcessor(self.jar),
            urllib.request.HTTPSHandler(context=hosted.trust),
        )

    def ask(self, path: str, body: bytes | None = None, **headers: str) -> tuple[int, str, str]:
        sent = {"Origin": self.hosted.url.removesuffix(BASE)} if body is not None else {}
        request = urllib.request.Request(self.hosted.url + path, body, {**sent, **headers})
        try:
            with self._opener.open(request, timeout=30) as answer:
                found = answer.status, answer.url, answer.read().decode()
        except urllib.error.HTTPError as error:
            found = error.code, error.url or "", error.read().decode()
        if token := re.search(r'name="csrf"\s+(?:value|content)="([0-9a-f]+)"', found[2]):
            self.token = token[1]
        return found

    def join(self, name: str) -> tuple[int, str, str]:
        self.ask(f"/?code={self.hosted.server.said['Code']}")
        form = {"csrf": self.token, "code": self.hosted.server.said["Code"], "name": name,
                "kind": "business"}  # fmt: skip
        return self.ask("/join", urlencode(form).encode())

    def send(self, kind: str, data: dict[str, Any], **headers: str) -> tuple[int, str, str]:
        body = json.dumps({"id": f"{kind}-000001", "kind": kind, "data": data}).encode()
        given = {"X-CSRF": self.token, "Content-Type": "application/json", **headers}
        return self.ask("/in", body, **given)


@pytest.fixture(params=[(True, True), (False, True), (False, False)],
                ids=["path kept", "path taken off", "host taken off, too"])  # fmt: skip
def hosted(
    request: Any, tmp_path: Path, sample_store: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Hosted]:
    for name in ("nginx", "openssl"):
        if shutil.which(name) is None:
            pytest.skip(f"{name} is not installed; `apt-get install {name}` brings it")
    begun = begun_room(sample_store, tmp_path_factory)
    found = Hosted(tmp_path, sample_store, begun, *request.param)
    yield found
    found.stop()


def links(page: str) -> list[str]:
    return re.findall(r'(?:href|src|action)="(/[^"]*)"', page)


def test_a_room_runs_behind_a_proxy_over_tls(hosted: Hosted) -> None:
    assert hosted.server.said["Join"] == hosted.url
    assert hosted.server.said["Facilitator"].startswith(f"{hosted.url}/f?key=")
    ann, boss = Browser(hosted), Browser(hosted)
    status, at, page = ann.join("Ann")
    assert (status, at) == (200, f"{hosted.url}/p") and "You are in" in page
    assert all(link.startswith(f"{BASE}/") for link in links(page))
    for link in links(page):
        if "/static/" in link:
            assert ann.ask(link.removeprefix(BASE))[0] == 200
    for cookie in ann.jar:
        assert cookie.secure and cookie.path == BASE

    _, at, wall = boss.ask(hosted.server.said["Facilitator"].removeprefix(hosted.url))
    assert at == f"{hosted.url}/f" and hosted.url.removeprefix("https://") in wall
    assert boss.send("step", {"to": "weigh", "from": "welcome"})[0] == 200
    assert ann.send("weigh", {"weights": {"pay": 1}})[0] == 200
    assert "1 of 1 has weighed" in boss.ask("/part/progress?as=f")[2]
    assert all(link.startswith(BASE) for link in links(boss.ask("/part/record?as=f")[2]))
    assert boss.ask("/f/handout")[0] == 200

    # Somebody else's page, and a site that speaks to the server behind the proxy's back.
    assert ann.send("weigh", {"weights": {"pay": 2}}, Origin="https://evil.example")[0] == 403
    here = f"http://127.0.0.1:{hosted.server.port}/"
    with pytest.raises(urllib.error.HTTPError) as refused:
        opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
        opener.open(urllib.request.Request(here, headers={"Host": "evil.example"}))
    assert refused.value.code == 421

    async def listen() -> dict[str, Any]:
        cookies = "; ".join(f"{c.name}={c.value}" for c in ann.jar)
        request = HTTPRequest(
            f"wss{hosted.url.removeprefix('https')}/ws?as=p", ssl_options=hosted.trust,
            headers={"Cookie": cookies, "Origin": hosted.url.removesuffix(BASE)},
        )  # fmt: skip
        line = await websocket_connect(request)
        told = await asyncio.wait_for(line.read_message(), 20)
        line.close()
        return json.loads(told or "{}")

    assert asyncio.run(listen())["step"] == "weigh"
