"""HTML from templates: every value is escaped, and a name that is missing is an error."""

from __future__ import annotations

import hashlib
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment
from markupsafe import Markup

from lmi import templates, words
from lmi.workshop import words as said

__all__ = ["STATIC", "asset", "render"]

HERE = Path(__file__).resolve().parents[1]
STATIC = HERE / "static"
"""Folder of the style sheet, the script and the icon."""


@cache
def _environment() -> Environment:
    environment = templates.environment(HERE / "templates")
    environment.globals.update(asset=asset, said=said)
    environment.filters.update(
        count=words.count,
        listing=words.listing,
        pct=words.pct,
        whole_share=words.whole_share,
        short_share=short_share,
        lowered=words.lowered,
        spelled=words.spelled,
        lines=str.splitlines,
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


def render(template: str, **context: Any) -> Markup:
    """Fill a template; what comes back may be put into another as it is."""
    return Markup(_environment().get_template(template).render(**context))


@cache
def asset(name: str) -> str:
    """Return the address of a static file, which changes when the file does."""
    digest = hashlib.sha256((STATIC / name).read_bytes()).hexdigest()
    return f"/static/{name}?v={digest[:12]}"
