"""HTML from templates: every value is escaped, and a name that is missing is an error."""

from __future__ import annotations

import hashlib
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from jinja2 import Environment
from markupsafe import Markup

from lmi import templates, words
from lmi.workshop import words as said

if TYPE_CHECKING:
    from lmi.workshop.room import Room

__all__ = ["STATIC", "asset", "render"]

HERE = Path(__file__).resolve().parents[1]
STATIC = HERE / "static"
"""Folder of the style sheet, the script and the icon."""


@cache
def _environment() -> Environment:
    environment = templates.environment(HERE / "templates")
    environment.globals.update(asset=asset, said=said, is_own_alone=is_own_alone)
    environment.filters.update(
        count=words.count,
        listing=words.listing,
        pct=words.pct,
        whole_share=words.whole_share,
        short_share=short_share,
        lowered=words.lowered,
        spelled=words.spelled,
        lines=str.splitlines,
        bare=bare,
        by_whom=by_whom,
    )
    return environment


def short_share(value: float) -> str:
    """Write a share (0 to 1) in whole percent, as a narrow column holds it.

    Examples
    --------
    >>> short_share(0.126), short_share(0.004)
    ('13%', '<1%')
    """
    return words.whole_share(value).replace("under ", "<").replace("over ", ">")


def bare(address: str) -> str:
    """Return an address as a person types it.

    Examples
    --------
    >>> bare("http://10.0.0.5:8731"), bare("https://labor.example.org/rooms/7")
    ('10.0.0.5:8731', 'labor.example.org/rooms/7')
    """
    return address.removeprefix("http://").removeprefix("https://")


def is_own_alone(room: Room) -> bool:
    """Tell whether the join address is one that no phone can open: a machine's for itself."""
    return urlsplit(room.join_address).hostname in ("127.0.0.1", "localhost", "::1")


def by_whom(told: str) -> Markup:
    """Write who spoke, the name apart: one that is read from right to left turns nothing else.

    Parameters
    ----------
    told : str
        As `lmi.workshop.views.people.attributed` gives it.

    Examples
    --------
    >>> by_whom("Ann Lee, education"), by_whom("Business")
    (Markup('<bdi>Ann Lee</bdi>, education'), Markup('<bdi>Business</bdi>'))
    """
    name, comma, kind = told.rpartition(", ")
    return Markup("<bdi>{}</bdi>{}{}").format(*((name, comma, kind) if comma else (kind, "", "")))


def render(template: str, **context: Any) -> Markup:
    """Fill a template; what comes back may be put into another as it is."""
    room = context.get("room")
    base = {"base": room.base if room is not None else ""}
    return Markup(_environment().get_template(template).render(**{**base, **context}))


def asset(name: str, base: str = "") -> str:
    """Return the address of a static file, which changes when the file does.

    Parameters
    ----------
    base : str
        What it begins with, behind a proxy.
    """
    return f"{base}/static/{name}?v={_digest(name)}"


@cache
def _digest(name: str) -> str:
    digest = hashlib.sha256((STATIC / name).read_bytes()).hexdigest()
    return digest[:12]
