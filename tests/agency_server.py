"""A server on this machine that plays the agencies: their layouts, their manners, their failures.

Every file is known by host and path, as it is in a folder of fetched files. What goes wrong is laid
down for a path beforehand, once or for good.
"""

from __future__ import annotations

import hashlib
import ssl
import threading
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

PUT_THERE = "Tue, 05 Nov 2024 14:00:00 GMT"


@dataclass(frozen=True)
class Fault:
    """What a request meets in place of its file.

    `cut` bytes of the body come and then nothing, `longer` bytes more are announced than there are,
    `drip` sends a byte at a time.
    """

    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    body: bytes | None = None
    cut: int | None = None
    longer: int = 0
    drip: bool = False


class Agencies:
    """The files, the faults, and every request that came."""

    def __init__(self) -> None:
        self.files: dict[str, bytes] = {}
        self.folder: Path | None = None
        self.faults: dict[str, list[Fault]] = defaultdict(list)
        self.for_good: dict[str, Fault] = {}
        self.requests: list[tuple[str, dict[str, str]]] = []
        self.keeps_validators = True
        self.base = ""

    def put(self, url: str, content: str | bytes) -> str:
        """Put a file where an address says."""
        key = url.removeprefix("https://")
        self.files[key] = content.encode() if isinstance(content, str) else content
        return url

    def once(self, url: str, *faults: Fault) -> None:
        """Let the next requests for a file fail."""
        self.faults[url.removeprefix("https://")] += faults

    def always(self, url: str, fault: Fault) -> None:
        """Let every request for a file fail."""
        self.for_good[url.removeprefix("https://")] = fault

    def content(self, key: str) -> bytes | None:
        """The bytes of a file."""
        if key in self.files or self.folder is None:
            return self.files.get(key)
        path = self.folder / key
        return path.read_bytes() if path.is_file() else None

    def asked(self, url: str) -> list[dict[str, str]]:
        """The headers of every request for a file."""
        key = url.removeprefix("https://")
        return [headers for path, headers in self.requests if path == key]


class _Handler(BaseHTTPRequestHandler):
    agencies: Agencies
    protocol_version = "HTTP/1.1"

    def log_message(self, *_: object) -> None:
        """Say nothing."""

    def do_GET(self) -> None:
        key = self.path.removeprefix("/")
        headers = {k.lower(): v for k, v in self.headers.items()}
        self.agencies.requests.append((key, headers))
        if not headers.get("user-agent", "").startswith("lmi-sector-workbench/"):
            self._send(Fault(403, body=b"<html>Access Denied</html>"))
            return
        waiting = self.agencies.faults.get(key)
        fault = waiting.pop(0) if waiting else self.agencies.for_good.get(key, Fault())
        content = self.agencies.content(key)
        if fault.status != 200 or fault.body is not None:
            self._send(fault)
        elif content is None:
            self._send(Fault(404, body=b"<html>Not Found</html>"))
        else:
            self._file(content, headers, fault)

    def _file(self, content: bytes, headers: dict[str, str], fault: Fault) -> None:
        etag = f'"{hashlib.sha256(content).hexdigest()[:16]}"'
        known = {"ETag": etag, "Last-Modified": PUT_THERE} if self.agencies.keeps_validators else {}
        if known and headers.get("if-none-match") == etag:
            self._send(Fault(304, known, b""))
            return
        begin, status = 0, 200
        asked = headers.get("range", "")
        if known and asked and headers.get("if-range") == etag:
            begin, status = int(asked.removeprefix("bytes=").rstrip("-")), 206
            known["Content-Range"] = f"bytes {begin}-{len(content) - 1}/{len(content)}"
        body = content[begin:]
        self.send_response(status)
        for name, value in {**known, **fault.headers}.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body) + fault.longer))
        self.end_headers()
        if fault.drip:
            for i in range(len(body)):
                self.wfile.write(body[i : i + 1])
                self.wfile.flush()
            return
        self.wfile.write(body if fault.cut is None else body[: fault.cut])
        if fault.cut is not None or fault.longer:
            self.close_connection = True

    def _send(self, fault: Fault) -> None:
        body = fault.body or b""
        self.send_response(fault.status)
        for name, value in fault.headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if fault.status != 304:
            self.wfile.write(body)


@contextmanager
def serving(agencies: Agencies, certificate: Path | None = None) -> Iterator[str]:
    """Serve on a port of this machine; `certificate` holds a key and what it is certified by."""
    handler = type("Handler", (_Handler,), {"agencies": agencies})
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    server.daemon_threads = True
    scheme = "http"
    if certificate is not None:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(certificate)
        server.socket = context.wrap_socket(server.socket, server_side=True)
        scheme = "https"
    server.handle_error = lambda *_: None  # type: ignore[method-assign]  # a client that goes away
    thread = threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True)
    thread.start()
    agencies.base = f"{scheme}://127.0.0.1:{server.server_address[1]}"
    try:
        yield agencies.base
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
