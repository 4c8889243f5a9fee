"""Maps of a page as drawings of their own, for paper: with the outlines and colors they use."""

from __future__ import annotations

import re
from copy import copy
from typing import Any, Final

__all__ = ["in_one_piece", "tones"]

FONT: Final = "DejaVu Sans"
BELOW: Final = ("b1", "b2")
"""Tones that are dotted, so that without color they are not those of the other side."""
DOTS = (
    '<pattern id="dots" width="4" height="4" patternUnits="userSpaceOnUse">'
    '<circle cx="1" cy="1" r="0.7" fill="#1d2a35"/></pattern>'
)
RULE = re.compile(r"([^{}]+)\{([^{}]*)\}")
MEDIA = re.compile(r"@media[^{]*\{(?:[^{}]*\{[^{}]*\})*[^{}]*\}")
VARIABLE = re.compile(r"var\((--[\w-]+)\)")
TONE = re.compile(r"^\.(\w+) \{ fill: (#\w+); background-color", re.MULTILINE)


def tones(style: str) -> dict[str, str]:
    """Return the colors of classes of a measure by their names in a style sheet.

    Examples
    --------
    >>> tones(".s1 { fill: #eef5fa; background-color: #eef5fa; }")
    {'s1': '#eef5fa'}
    """
    return dict(TONE.findall(style))


def in_one_piece(page: Any) -> None:
    """Put into every map of a page what it refers to, and take away what shows nothing itself.

    Parameters
    ----------
    page : bs4.BeautifulSoup
        A page whose maps draw from outlines that stand once on it.
    """
    shared = page.select("svg.outlines")
    if not shared:
        return
    from bs4 import BeautifulSoup

    known = {tag["id"]: tag for tag in page.select("svg.outlines [id]")}
    known["dots"] = BeautifulSoup(DOTS, "html.parser").pattern
    css = _drawing_rules("".join(style.get_text() for style in page.find_all("style")))
    for drawing in page.select("svg.map"):
        for use in drawing.find_all("use", class_=BELOW):
            dotted = {"href": use["href"], "fill": "url(#dots)", "class": "over"}
            use.insert_after(page.new_tag("use", attrs=dotted))
        around = [name for parent in drawing.parents for name in parent.get("class", ())]
        inside = page.new_tag("g", attrs={"class": " ".join(around)})
        inside.extend(list(drawing.contents))
        of = {use["href"][1:] for use in inside.find_all("use")}
        of |= {name for name in ("hatch", "dots") if inside.find(fill=f"url(#{name})")}
        style, kept = page.new_tag("style"), page.new_tag("defs")
        style.string = css
        kept.extend(copy(known[name]) for name in sorted(of))
        for unseen in inside.find_all("title"):
            unseen.decompose()
        drawing.extend([style, kept, inside])
    for one in shared:
        one.decompose()


def _drawing_rules(style: str) -> str:
    """Keep the rules that draw, with what variables stand for."""
    plain = MEDIA.sub("", style)
    values = dict(re.findall(r"(--[\w-]+):\s*([^;]+);", plain)) | {"--text": f'"{FONT}"'}
    return "\n".join(
        f"{of.strip()} {{ {VARIABLE.sub(lambda found: values[found[1]], said).strip()} }}"
        for of, said in RULE.findall(plain)
        if ":" not in of and re.search(r"fill|stroke|text-anchor", said)
    )
