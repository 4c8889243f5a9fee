"""HTML from templates: what comes from a file or a person is escaped there, by one rule."""

from __future__ import annotations

import base64
import hashlib
import re
from functools import cache
from pathlib import Path

from jinja2 import Environment

from lmi import templates

__all__ = ["BREAK", "TEMPLATES", "breakable", "fill", "page_policy", "page_script"]

TEMPLATES = Path(__file__).resolve().parent / "templates"
BREAK = "<wbr>"
"""Where a page may break within a word."""
_TEXT = re.compile(r"<(script|style|title|svg)\b.*?</\1>|<[^>]*>|(?P<text>[^<]+)", re.DOTALL)
_LONG = re.compile(r"(?![0-9a-f]+\b)\w{40,}")  # of a hash every sign counts when it is copied
_EVERY = 10


@cache
def _environment() -> Environment:
    return templates.environment(TEMPLATES)


def fill(template: str, **values: object) -> str:
    """Fill a template of `report/templates`; a value that it lacks is an error.

    Examples
    --------
    >>> fill("sections/paragraphs.html.j2", paragraphs=[("note", "Arts & <design>")])
    '<p class="note">Arts &amp; &lt;design&gt;</p>'
    """
    return _environment().get_template(template).render(values)


def breakable(html: str, sign: str = BREAK) -> str:
    """Let words of forty letters and more break, so that none runs off a page or widens a table.

    Examples
    --------
    >>> breakable(f'<p title="{"a" * 40}">{"Ferrow" * 7} Valley</p>', "|")[-58:]
    '>FerrowFerr|owFerrowFe|rrowFerrow|FerrowFerr|ow Valley</p>'
    """

    def broken(word: re.Match[str]) -> str:
        return sign.join(word[0][at : at + _EVERY] for at in range(0, len(word[0]), _EVERY))

    return _TEXT.sub(lambda part: _LONG.sub(broken, part[0]) if part["text"] else part[0], html)


@cache
def page_script(name: str) -> str:
    """Read a script of `report/templates`, as it stands in a page."""
    return (TEMPLATES / name).read_text(encoding="utf-8")


def page_policy(script: str = "") -> str:
    """Say what a page may do: run this script alone, and fetch nothing from anywhere.

    Examples
    --------
    >>> page_policy("1")[:48]
    "default-src 'none'; script-src 'sha256-a4ayc/80/"
    >>> page_policy()[:52]
    "default-src 'none'; style-src 'unsafe-inline'; img-s"
    """
    digest = base64.b64encode(hashlib.sha256(script.encode("utf-8")).digest()).decode()
    allowed = f"script-src 'sha256-{digest}'; " if script else ""
    return (
        f"default-src 'none'; {allowed}style-src 'unsafe-inline'; img-src data:; base-uri 'none'; "
        "form-action 'none'"
    )
