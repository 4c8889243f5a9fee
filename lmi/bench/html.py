"""The ranking, what it is made of and how firm it is, as fragments of HTML from templates.

Everything that comes from a file or a person is escaped. Colours are told apart with any common
colour vision, and what they say stands there in words or numbers, too.
"""

from __future__ import annotations

import base64
from collections.abc import Mapping, Sequence
from functools import cache
from itertools import groupby
from operator import attrgetter
from pathlib import Path

import numpy as np
from jinja2 import Environment

from lmi import templates, words
from lmi.assessment.footprint_evidence import FootprintEvidence
from lmi.assessment.footprint_verdict import EXCHANGES, not_tried
from lmi.bench.comparison import NOTES, Comparison
from lmi.bench.tables import ABOUT_WORDS, POINTS_NOTE, CriterionShare, RankedRow
from lmi.report import Figure

__all__ = [
    "call_html",
    "chances_html",
    "changes_html",
    "comparison_html",
    "contributions_html",
    "footprint_html",
    "market_html",
    "message_html",
    "picture_html",
    "ranking_html",
    "style_html",
    "text_html",
    "unsaved_html",
]

# Okabe and Ito's colours in an order that sets neighbours apart; from the ninth on, with stripes.
COLOURS = (
    "#0072b2", "#e69f00", "#56b4e9", "#009e73", "#cc79a7", "#f0e442", "#c44e00", "#98a3ad",
)  # fmt: skip
STRIPES = (
    "repeating-linear-gradient(45deg,#ffffff 0 2px,transparent 2px 6px)",
    "repeating-linear-gradient(-45deg,#1d2a35 0 1px,transparent 1px 5px)",
)
SHADE = (0, 114, 178)
EVEN = 0.179  # at this luminance black and white type have the same contrast


@cache
def _environment() -> Environment:
    environment = templates.environment(Path(__file__).resolve().parent / "templates")
    environment.filters.update(
        fill=fill,
        shade=shade,
        listing=words.listing,
        lowered=words.lowered,
        share=words.share,
        short_share=_short_share,
        groupby_in_order=_groupby_in_order,
    )
    return environment


def _filled(template: str, **values: object) -> str:
    return _environment().get_template(template).render(values)


def fill(criterion: int) -> str:
    """Return the background of a criterion, the same wherever it is shown.

    Examples
    --------
    >>> fill(0), fill(8).startswith("#0072b2 repeating")
    ('#0072b2', False)
    """
    colour, again = COLOURS[criterion % len(COLOURS)], criterion // len(COLOURS)
    return colour if not again else f"{STRIPES[(again - 1) % len(STRIPES)]},{colour}"


def shade(chance: float) -> str:
    """Return background and ink of a chance."""
    # by the root, so that small chances can be seen; from 4 % to 100 % of the color
    depth = 0.04 + 0.96 * chance**0.5
    back = tuple(round(255 - depth * (255 - c)) for c in SHADE)
    ink = "#000000" if _luminance(back) > EVEN else "#ffffff"
    return f"background:rgb({','.join(map(str, back))});color:{ink}"


def _luminance(colour: Sequence[int]) -> float:
    """Return how light a color is, 0 to 1, as WCAG 2.2 reckons it."""
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4
              for c in (x / 255 for x in colour)]  # fmt: skip
    return float(np.dot((0.2126, 0.7152, 0.0722), linear))


def _short_share(value: float) -> str:
    return words.share(value).replace(".0%", "%")


def _groupby_in_order(rows: Sequence[RankedRow], name: str) -> list[tuple[str, list[RankedRow]]]:
    """Group rows that follow one another by an attribute, as they come."""
    return [(str(key), list(group)) for key, group in groupby(rows, key=attrgetter(name))]


def style_html() -> str:
    """Write the style sheet of all that follows."""
    return _filled("style.html")


def ranking_html(
    rows: Sequence[RankedRow], shares: Sequence[CriterionShare], where: str, rests_on: str = ""
) -> str:
    """Write the ranking: each score as a bar of what it is made of, and how firm the rank is.

    Parameters
    ----------
    rows : sequence of RankedRow
        Best first.
    where : str
        Region and year, for the heading.
    rests_on : str
        What is to be known of the numbers.
    """
    return _filled("ranking.html", rows=rows, shares=shares, where=where, rests_on=rests_on)


def contributions_html(rows: Sequence[RankedRow], shares: Sequence[CriterionShare]) -> str:
    """Write what each criterion adds to each score, in points of a hundred."""
    counting = [criterion for criterion in shares if criterion.share > 0]
    return _filled("contributions.html", rows=rows, shares=counting, note=POINTS_NOTE)


def chances_html(
    rows: Sequence[RankedRow], chances: Mapping[str, Sequence[float]], about: str
) -> str:
    """Write the chance of every rank as a strip of shades with the percentages in them."""
    ranked = [one for one in rows if one.rank is not None]
    return _filled("chances.html", rows=ranked, chances=chances, over=ABOUT_WORDS[about])


def changes_html(sentences: Sequence[str], unsaved: Sequence[str]) -> str:
    """Write what differs from what is saved."""
    return _filled("changes.html", sentences=sentences, unsaved=unsaved)


def comparison_html(found: Comparison) -> str:
    """Write variants side by side, the sentences first."""
    return _filled("comparison.html", found=found, notes=NOTES)


def market_html(sentences: Sequence[str]) -> str:
    """Write whether the footprint is a labor market, the verdict first."""
    return _filled("market.html", sentences=sentences)


def footprint_html(found: FootprintEvidence) -> str:
    """Write whether the footprint fits each sector, and what each county does to it."""
    notes = [EXCHANGES, not_tried(found.not_tried)]
    return _filled("footprint.html", found=found, notes=notes)


def unsaved_html(sentences: Sequence[str]) -> str:
    """Write what is not saved yet."""
    return _filled("unsaved.html", sentences=sentences)


def message_html(text: str, is_error: bool = False) -> str:
    """Write what was done, or why it cannot be, where a screen reader notices."""
    return _filled("message.html", text=text, is_error=is_error)


def picture_html(figure: Figure) -> str:
    """Write a figure as an image with its description."""
    data = base64.b64encode(figure.svg).decode("ascii")
    return _filled("picture.html", data=data, alt=figure.alt)


def call_html(call: str) -> str:
    """Write the line that opens the bench as it is looked at."""
    return _filled("call.html", call=call)


def text_html(text: str, kind: str = "", tip: str = "") -> str:
    """Write a line of text, of one of the style sheet's kinds; nothing of an empty text."""
    return _filled("text.html", text=text, kind=kind, tip=tip)
