"""A page as PDF, tagged for screen readers, with everything that it needs inside.

[Typst](https://typst.app) sets it: ``templates/print/page.typ`` says how each kind of element looks
on paper. It comes as a wheel with nothing to install beside it, and refuses to write what breaks
PDF/UA.
"""

from __future__ import annotations

import base64
import json
import re
from bisect import bisect_left
from collections.abc import Callable
from functools import cache
from pathlib import Path
from shutil import copyfile
from tempfile import TemporaryDirectory
from typing import Any, Final

from lmi.config.branding import BrandColors
from lmi.output_files import PAPERS
from lmi.report.html import BREAK, TEMPLATES, breakable
from lmi.report.page_gaps import Fit, PageLayout, without_gaps
from lmi.report.print_maps import in_one_piece, tones

__all__ = ["as_pdf"]

STANDARD = "ua-1"
SIZE_PT: Final = {"worksheet": 9.5, "record": 9.5}
"""Of the type, by the class of a page's body."""
USUAL_PT: Final = 9.0
COUNTED_PT: Final = (10.4, 9.8, 9.2, 8.6, 8.0, 7.5, 7.0)
"""Of the type where a page is to fill so many pages: the largest that does, within what is read."""
USUAL_ROW_EM: Final = 0.19
LOOSE_EM: Final = (0.45, 0.38, 0.31, 0.25)
"""Above and beneath a row of a table, and what it is where pages that are counted have room."""
USUAL_COLORS: Final = BrandColors()
ZERO_WIDTH = "\u200b"  # space, at which a word may break on paper
SPACES = re.compile(r"[ \t\r\n\f]+")  # those that a line may break at
SVG_NAMES: Final = {name.lower(): name for name in ("viewBox", "patternUnits", "patternTransform")}
CAPITALS = re.compile(rf"(?<= )({'|'.join(SVG_NAMES)})(?==)")
SENTENCE_END = re.compile(r"(?<=[a-z0-9)%”]\.) (?=\S)")
NOT_TEXT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


def as_pdf(html: str, paper: str = "letter", pages: int | None = None) -> bytes:
    """Write a page as PDF; the same page gives the same bytes.

    Parameters
    ----------
    html : str
        A whole page of ours that fetches nothing; the class of its body says how it is set.
    paper : {"letter", "a4"}
    pages : int, optional
        So many it should have at most: its type is as large as they allow, and never smaller than
        what can be read. What does not fit so has as few pages as it can.
    """
    import typst

    with TemporaryDirectory() as made:
        folder = Path(made)
        copyfile(TEMPLATES / "print" / "page.typ", folder / "page.typ")
        kind = _write_page(html, PAPERS[paper], folder)
        compiler: Any = typst.Compiler(folder / "page.typ", root=folder, font_paths=_fonts())

        usual = SIZE_PT.get(kind, USUAL_PT)

        def set_in(size: float, row: float, fit: Fit | None = None) -> None:
            setting = {"size": size, "row": row, "fit": fit or {}}
            (folder / "setting.json").write_text(json.dumps(setting), encoding="utf-8")

        def pages_in(size: float, row: float) -> int:
            set_in(size, row)
            return int(_asked(compiler, "pages"))

        def laid_out(fit: Fit) -> PageLayout:
            set_in(usual, USUAL_ROW_EM, fit)
            return PageLayout.of(_asked(compiler, "spots"))

        if pages is not None:
            set_in(*_fitted(pages_in, pages))
        else:
            set_in(usual, USUAL_ROW_EM, without_gaps(laid_out) if "<figure" in html else None)
        written: bytes = compiler.compile(format="pdf", pdf_standards=[STANDARD])
    return written


def _fitted(pages_in: Callable[[float, float], int], pages: int) -> tuple[float, float]:
    """Return the largest type in which a page has so many pages, or the fewest, and its rows.

    Larger type and looser rows never take fewer pages, so that few of them need to be tried.
    """
    count = cache(lambda at: pages_in(COUNTED_PT[at], USUAL_ROW_EM))
    best, last = len(COUNTED_PT) // 3, len(COUNTED_PT) - 1
    while best < last and count(best) > pages:
        best += 1
    while best > 0 and count(best - 1) <= max(count(best), pages):
        best -= 1
    size, most = COUNTED_PT[best], max(count(best), pages)
    loose = bisect_left(LOOSE_EM, True, key=lambda row: pages_in(size, row) <= most)
    return size, (*LOOSE_EM, USUAL_ROW_EM)[loose]


def _asked(compiler: Any, label: str) -> Any:
    """Return what the pages, as they would be set now, say of themselves."""
    (value,) = json.loads(compiler.query(f"<{label}>", field="value"))
    return value


@cache
def _fonts() -> Any:
    """The fonts that come with matplotlib: a page has the same ones on every machine."""
    import matplotlib
    import typst

    folder = Path(matplotlib.get_data_path()) / "fonts" / "ttf"
    return typst.Fonts(
        include_system_fonts=False, include_embedded_fonts=False, font_paths=[folder]
    )


def _write_page(html: str, paper: str, folder: Path) -> str:
    """Write a page as data into a folder, its pictures as files, and return its kind."""
    from bs4 import BeautifulSoup

    page: Any = BeautifulSoup(breakable(html.replace(BREAK, ""), ZERO_WIDTH), "html.parser")
    main, kind = page.main, page.body["class"][0]
    for number, picture in enumerate(main.find_all("img")):
        head, _, data = picture["src"].partition(",")
        name = f"{number}.{'svg' if 'svg' in head else 'png'}"
        (folder / name).write_bytes(base64.b64decode(data))
        picture["src"] = name
    in_one_piece(page)
    for drawing in main.find_all("svg"):
        drawing["xmlns"] = "http://www.w3.org/2000/svg"
        # names in HTML have no capitals, in SVG they have
        text = CAPITALS.sub(lambda found: SVG_NAMES[found[1]], drawing.decode())
        told = {"drawing": text, "alt": drawing.get("aria-label", "")}
        drawing.replace_with(page.new_tag("svg", attrs=told))
    for typed in main.select(".typed"):
        lines = typed.get_text().splitlines()
        typed.clear()
        for number, line in enumerate(lines):
            typed.extend([page.new_tag("br")] * (number > 0) + [line])
    _say_once(page)
    heads = [tag.get_text(" ") for tag in main.select("h1, .lede")[:2]]
    texts = {
        "title": page.title.get_text(),
        "running": " · ".join(heads),
        "name": "".join(heads[:1]),
        "foot": page.footer.get_text(" ") if page.footer else "",
        "class": kind,
        "accent": page.body.get("data-accent", USUAL_COLORS.accent),
        "soft": page.body.get("data-soft", USUAL_COLORS.soft),
        "tones": json.dumps(tones("".join(style.get_text() for style in page.find_all("style")))),
        "paper": paper,
    }
    given = {name: _plain(text).strip() for name, text in texts.items()}
    content = json.dumps({"given": given, "nodes": _numbered(main)})
    (folder / "page.json").write_text(content, encoding="utf-8")
    return kind


def _numbered(main: Any) -> list[dict[str, Any]]:
    """List an element and all beneath it, each with the numbers of its children and their texts."""
    from bs4.element import NavigableString, Tag

    nodes: list[dict[str, Any]] = []

    def add(tag: Any) -> int:
        number = len(nodes)
        attrs = {k: _plain(v) for k, v in tag.attrs.items() if isinstance(v, str)}  # no lists
        node = {"tag": tag.name, "class": tag.get("class", []), "attrs": attrs}
        nodes.append(node)
        node["children"] = [
            add(child) if isinstance(child, Tag) else _plain(child)
            for child in tag.children
            if isinstance(child, Tag) or type(child) is NavigableString  # no comments
        ]
        return number

    add(main)
    return nodes


def _plain(text: str) -> str:
    """Leave of a text what can be set, with a space wherever its line may break."""
    return NOT_TEXT.sub("", SPACES.sub(" ", text))


def _say_once(page: Any) -> None:
    """Leave of notes and sources what an earlier one says, and point to the page of that.

    A source follows the note above it in the same paragraph.
    """
    said: dict[str, str] = {}
    for number, note in enumerate(page.main.select("p.table-note, p.source")):
        above = note.find_previous_sibling()
        holds_source = above is not None and "table-note" in above.get("class", ())
        is_source = "source" in note["class"]
        holder = above if is_source and holds_source else note
        text = SPACES.sub(" ", note.get_text()).strip()
        lead = "Source: " if text.startswith("Source: ") else ""
        sentences = SENTENCE_END.split(text.removeprefix(lead))
        before = sorted({said[one] for one in sentences if one in said})
        fresh = " ".join(one for one in sentences if one not in said)
        holder["id"] = holder.get("id", f"note-{number}")
        said |= {one: holder["id"] for one in sentences if one not in said}
        if before:
            seen = page.new_tag("a", attrs={"class": "seen", "of": " ".join(before)})
            is_signs = not is_source
            note.clear()
            note.extend([f"{fresh} Other signs: ".lstrip() if is_signs else lead, "as on ", seen])
            note.append("." if is_signs or not fresh else f". {fresh}")
        if holder is not note:
            holder.extend([" ", *note.contents])
            note.decompose()
