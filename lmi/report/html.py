"""HTML from templates: what comes from a file or a person is escaped there, by one rule."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from jinja2 import Environment

from lmi import templates

__all__ = ["TEMPLATES", "fill"]

TEMPLATES = Path(__file__).resolve().parent / "templates"


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
