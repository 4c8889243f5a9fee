"""Where browsers find a server that stands behind a proxy: its public address."""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import urlsplit

from lmi.errors import LmiError

__all__ = ["DIRECT", "Front", "read_base", "read_front"]

_PATH = re.compile(r"(/[A-Za-z0-9._~@-]+)*")
_HOST = re.compile(r"[A-Za-z0-9.-]+(:\d{1,5})?")


@dataclass(frozen=True)
class Front:
    """The public address of a server behind a proxy.

    Parameters
    ----------
    url : str
        Without a slash at its end; empty where browsers reach the server itself.
    netloc : str
        Its host, and its port if it has one.
    base : str
        Its path, that every address of the pages begins with.
    """

    url: str = ""
    netloc: str = ""
    base: str = ""

    @property
    def is_secure(self) -> bool:
        """Whether browsers speak TLS to it."""
        return self.url.startswith("https://")


DIRECT = Front()
"""No proxy."""


def read_base(path: str) -> str:
    """Read the path at which a proxy stands whose host is not known yet.

    Raises
    ------
    LmiError
        It is none.

    Examples
    --------
    >>> from lmi.workshop.front import read_base
    >>> read_base("/user/ana/lmi-workshop/")
    '/user/ana/lmi-workshop'
    """
    return read_front(f"http://localhost{path}").base


def read_front(url: str) -> Front:
    """Read a public address.

    Raises
    ------
    LmiError
        It is none that a page can be found at.

    Examples
    --------
    >>> from lmi.workshop.front import read_front
    >>> found = read_front("https://labor.example.org/rooms/7/")
    >>> found.netloc, found.base, found.is_secure
    ('labor.example.org', '/rooms/7', True)
    """
    try:
        parts = urlsplit(url)
    except ValueError:
        parts = urlsplit("")
    path = parts.path.rstrip("/")
    dotted = any(part in (".", "..") for part in path.split("/"))
    if (
        parts.scheme not in ("http", "https")
        or not _HOST.fullmatch(parts.netloc)
        or not _PATH.fullmatch(path)
        or dotted
        or parts.query
        or parts.fragment
    ):
        raise LmiError(
            f"The public address {url[:200]!r} is none that a page can be found at; write it with "
            "--base-url as https://HOST/PATH, of letters, digits and .-_~@ alone."
        )
    return Front(f"{parts.scheme}://{parts.netloc.lower()}{path}", parts.netloc.lower(), path)
