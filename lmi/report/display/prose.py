"""Words to show: a sentence, a citation."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from lmi.report import markup

__all__ = ["Bundle", "Prose", "citation", "sentence"]

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


def citation(source: str) -> Prose:
    """Make a citation that stands alone.

    Parameters
    ----------
    source : str
        Citation, without the word "Source".

    Examples
    --------
    >>> citation("BLS QCEW").html
    '<p class="source">Source: BLS QCEW</p>'
    """
    return Prose(markup.paragraph(f"Source: {source}", "source"), f"Source: {source}")


def sentence(text: str, source: str = "") -> Prose:
    """Make the plain-word reading of a figure or a table, with its citation.

    Parameters
    ----------
    source : str, optional
        Citation, without the word "Source".

    Examples
    --------
    >>> sentence("Jobs grew.", "BLS QCEW").text
    'Jobs grew. Source: BLS QCEW'
    """
    said = markup.paragraph(text, "sentence")
    if not source:
        return Prose(said, text)
    cited = citation(source)
    return Prose(said + cited.html, f"{text} {cited.text}")
