"""What changes from run to run, each by a rule with its placeholder; what is read on a page."""

from __future__ import annotations

import datetime
import re
from collections.abc import Mapping
from dataclasses import dataclass

from bs4 import BeautifulSoup, Tag


@dataclass(frozen=True)
class Rule:
    """A pattern of what changes, why it does, and what stands in its place."""

    why: str
    pattern: re.Pattern[str]
    placeholder: str


def _rule(why: str, pattern: str, placeholder: str) -> Rule:
    return Rule(why, re.compile(pattern), placeholder)


RULES = (
    _rule(
        "a moment: when a file was taken in, a session began, an input came",
        r"\b\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:\d\d)?",
        "<time>",
    ),
    _rule("seconds that steps took, in a manifest", r'("seconds": )\{[^{}]*\}', r'\1"<seconds>"'),
    _rule(
        "digest of the code that made an output, alone or within the digest of all that made it",
        r'("(?:code|key)": )"[0-9a-f]{64}"',
        r'\1"<digest>"',
    ),
    _rule(
        "digest of an output that is itself in the snapshot, or that shows the code (the notebook)",
        r'("(?:tables/[^"]+|profile\.html|profile\.ipynb)": )"[0-9a-f]{64}"',
        r'\1"<digest>"',
    ),
    _rule("name of a file of the store, drawn anew", r"/[0-9a-f]{12}\.parquet", "/<part>.parquet"),
    _rule("id of a session, drawn anew", r'("session_id": )"[0-9a-f]{16}"', r'\1"<session>"'),
    _rule("the same in a sentence", r"\bsession [0-9a-f]{16}\b", "session <session>"),
    _rule("code of a session, drawn anew", r'("code": )"[0-9A-Z]{6}"', r'\1"<code>"'),
)
_BLOCKS = frozenset({
    "address", "article", "aside", "blockquote", "body", "caption", "dd", "details", "div", "dl",
    "dt", "fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6",
    "head", "header", "hr", "html", "label", "legend", "li", "main", "nav", "ol", "option", "p",
    "pre", "section", "select", "summary", "table", "tbody", "tfoot", "thead", "title", "tr", "ul",
})  # fmt: skip
_PICTURES = ("img", "svg")
_UNSEEN = ("script", "style", "template", "noscript")
_BLANKS = re.compile(r"[ \t\r\n]+")  # a browser keeps the spaces that do not break
_CELL, _END = " | ", "\f"
"""What separates cells of a table, and lines as they are read; no page holds the latter."""


def plain(text: str, known: Mapping[str, str] | None = None) -> str:
    """A text in which the `known` words, today's date and what the rules name are placeholders."""
    for word, placeholder in sorted((known or {}).items(), key=lambda pair: -len(pair[0])):
        text = text.replace(word, placeholder)
    for rule in RULES:
        text = rule.pattern.sub(rule.placeholder, text)
    for day in _days():
        text = text.replace(day, "<today>")
    return text


def _days() -> list[str]:
    """Today and yesterday, for what is made at midnight, as files and pages write them."""
    today = datetime.datetime.now(datetime.UTC).date()
    days = (today, today - datetime.timedelta(days=1))
    return [
        written
        for day in days
        for written in (f"{day}", f"{day:%B} {day.day}, {day.year}", f"{day.day} {day:%B %Y}")
    ]


def page_text(html: str) -> str:
    """What a reader sees of a page, a line a block, pictures and labelled things by their text."""
    page = BeautifulSoup(html, "html.parser")
    for tag in page(_UNSEEN):
        tag.decompose()
    for tag in page(_PICTURES):
        tag.replace_with(f"{_END}[picture: {_label(tag) or 'without words'}]{_END}")
    for tag in page(True):
        _mark(tag)
    lines = (_BLANKS.sub(" ", line).strip(" ") for line in page.get_text("").split(_END))
    return "\n".join(line.removesuffix(_CELL.rstrip()).rstrip() for line in lines if line) + "\n"


def _label(tag: Tag) -> str:
    return str(tag.get("alt") or tag.get("aria-label") or "")


def _mark(tag: Tag) -> None:
    """Put a tag's edges and unseen words into the text."""
    if label := tag.get("aria-label"):
        tag.insert(0, f"[{label}] ")
    if tag.name == "input" and tag.get("type") != "hidden":
        tag.insert_before(f"[{tag.get('type', 'text')} {tag.get('value', '')}] ")
    if tag.name in ("td", "th"):
        tag.append(_CELL)
    elif tag.name == "br":
        tag.replace_with(_END)
    elif tag.name in _BLOCKS:
        tag.insert(0, _END)
        tag.append(_END)


def picture_texts(html: str) -> str:
    """The words that stand for each picture of a page, a line a picture."""
    pictures = BeautifulSoup(html, "html.parser")(_PICTURES)
    return "".join(f"{' '.join(_label(tag).split())}\n" for tag in pictures)
