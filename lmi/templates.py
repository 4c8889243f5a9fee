"""HTML from templates, by one rule: every value is escaped, and one that is missing is an error."""

from __future__ import annotations

from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from lmi import words

__all__ = ["environment"]


def environment(*folders: Path) -> Environment:
    """Open folders of templates, the first that has a name before the others; `words` is at hand.

    Examples
    --------
    >>> page = environment().from_string("{{ words.listing(names) }} <b>")
    >>> page.render(names=["Arts & design", "Mining"])
    'Arts &amp; design and Mining <b>'
    """
    opened = Environment(
        loader=FileSystemLoader(folders),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=StrictUndefined,
    )
    opened.globals["words"] = words
    return opened
