"""Words to show: a sentence, a citation, a list."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from lmi.assessment.basis import FOR_STAFF
from lmi.report.html import fill

__all__ = [
    "Bundle", "Prose", "bullets", "citation", "paragraph", "sentence", "tiled", "title_block",
]  # fmt: skip

Bundle = tuple[dict[str, Any], dict[str, Any]]
"""What JupyterLab shows, by kind of content, and what it should know of it."""


@dataclass(frozen=True)
class Prose:
    """Words, as HTML whose text was escaped and as plain text.

    Examples
    --------
    >>> sentence("Pay & growth.").html
    '<p class="sentence">Pay &amp; growth.</p>'
    """

    html: str
    text: str

    def _repr_mimebundle_(self, include: Any = None, exclude: Any = None) -> Bundle:
        return {"text/html": self.html, "text/plain": self.text}, {}


def _told(*paragraphs: tuple[str, str]) -> Prose:
    html = fill("sections/paragraphs.html.j2", paragraphs=paragraphs)
    return Prose(html, " ".join(text for _kind, text in paragraphs))


def paragraph(text: str, kind: str) -> Prose:
    """Make a paragraph; its kind is the class that the style sheet knows."""
    return _told((kind, text))


def citation(source: str) -> Prose:
    """Make a citation that stands alone; it is given without the word "Source".

    Examples
    --------
    >>> citation("BLS QCEW").html
    '<p class="source">Source: BLS QCEW</p>'
    """
    return _told(("source", f"Source: {source}"))


def sentence(text: str, source: str = "") -> Prose:
    """Make the plain-word reading of a figure or a table, with its citation.

    Examples
    --------
    >>> sentence("Jobs grew.", "BLS QCEW").text
    'Jobs grew. Source: BLS QCEW'
    """
    cited = [("source", f"Source: {source}")] if source else []
    return _told(("sentence", text), *cited)


def bullets(items: Sequence[str], kind: str) -> Prose:
    """Make a list of plain sentences; its kind is the class that the style sheet knows."""
    return Prose(fill("sections/bullets.html.j2", items=items, kind=kind), "\n".join(items))


def tiled(tiles: Sequence[tuple[str, str, str]]) -> Prose:
    """Make large numbers side by side, each with its name and a detail."""
    plain = "\n".join(f"{name}: {value} ({detail})" for name, value, detail in tiles)
    return Prose(fill("sections/tiles.html.j2", tiles=tiles), plain)


def title_block(
    eyebrow: str, name: str, lede: str, *, made_up: str = "", staff: bool = False, method: str = ""
) -> Prose:
    """Make the head of a page, with what is said of one that is made up, or for staff alone.

    Examples
    --------
    >>> title_block("Profile", "Lane", "Evidence", made_up="Do not quote.").text.splitlines()[-1]
    'Illustrative data. Do not quote.'
    """
    mark = FOR_STAFF if staff else ""
    html = fill(
        "sections/title.html.j2", eyebrow=eyebrow, name=name, lede=lede, illustrative=made_up,
        staff=mark,
    )  # fmt: skip
    illustrative = f"Illustrative data. {made_up}" if made_up else ""
    told = filter(None, [eyebrow, name, lede, illustrative, mark, method])
    return Prose(html, "\n".join(told))
