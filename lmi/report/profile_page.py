"""A notebook of a region or a state as one HTML file: no code of it, nothing fetched.

One script, ours, lets the ranking be weighed anew, or a region be found; the page itself forbids
every other.

Its cells are tagged by who reads them: the `brief` that a room and a board read, the `profile`
behind it, and what is for data `staff`, which the page folds away. An exporter costs a second to
make and some tens of milliseconds to use, so it is kept: make one with `profile_exporter` and hand
it to every `export_html`.
"""

from __future__ import annotations

import base64
import re
from collections.abc import Iterator, Sequence
from html import unescape
from itertools import takewhile
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from traitlets.config import Config

from lmi import atomic
from lmi.config import StateConfig
from lmi.config.branding import Branding
from lmi.notebook_format import load_nbformat
from lmi.report.html import TEMPLATES, breakable, page_policy, page_script

if TYPE_CHECKING:
    from nbconvert import HTMLExporter

nbformat = load_nbformat()  # before nbconvert, which loads it too

__all__ = [
    "BRIEF",
    "PageKind",
    "anchored",
    "export_html",
    "folded",
    "headings",
    "page_html",
    "page_title",
    "profile_exporter",
    "profile_kind",
    "summary_kind",
]

BRIEF = "brief"
"""Tag of the cells of the first pages."""
STAFF_HEADING = "for-data-staff"

STEP_2 = "Made with the sector workbench. Method: Next Generation Sector Partnerships, Step 2."


class PageKind(NamedTuple):
    """What a notebook's page is, in its title, its first link and its foot.

    Attributes
    ----------
    name : str
        As the browser's tab has it after the page's own title.
    skip : str
        What the first link skips to.
    foot : str
        Whose method it follows.
    look : str
        Class of the page in the style sheet.
    script : str
        The one script in it; the page forbids every other.
    brand : Branding, optional
        Who publishes it.
    logo : str
        Their logo, as an address that holds it whole.
    """

    name: str
    skip: str
    foot: str = STEP_2
    look: str = "profile"
    script: str = ""
    brand: Branding | None = None
    logo: str = ""

    @property
    def policy(self) -> str:
        """What the page may do."""
        return page_policy(self.script)

    def of(self, state: StateConfig) -> PageKind:
        """Return the same with the branding of a state."""
        brand = state.branding
        return self._replace(brand=brand, logo=brand.logo_address(state.folder) if brand else "")


def profile_kind() -> PageKind:
    """What a profile is: its one script lets the ranking be weighed anew."""
    script = page_script("profile/explorer.js")
    return PageKind("labor market profile", "Skip to the profile", script=script)


def summary_kind() -> PageKind:
    """What a state's front page is: its one script finds a region."""
    script = page_script("summary/search.js")
    name = "regional labor market profiles"
    return PageKind(name, "Skip to the regions", look="summary", script=script)


HEADING = re.compile(r"<h2>(.*?)</h2>", re.DOTALL)
ANCHORED = re.compile(r'<h2 id="([^"]*)">(.*?)</h2>', re.DOTALL)
FIRST_TITLE = re.compile(r"<h1[^>]*>(.*?)</h1>", re.DOTALL)
TAG = re.compile(r"<[^>]+>")


def profile_exporter() -> HTMLExporter:
    """Make the exporter of profile pages.

    Examples
    --------
    >>> profile_exporter().template_name
    'profile'
    """
    from nbconvert import HTMLExporter

    config = Config()
    config.TemplateExporter.exclude_input = True
    config.TemplateExporter.exclude_input_prompt = True
    config.TemplateExporter.exclude_output_prompt = True
    exporter = HTMLExporter(
        config=config, template_name="profile", extra_template_basedirs=[str(TEMPLATES)]
    )
    exporter.exclude_anchor_links = True
    exporter.register_filter("anchored", anchored)
    exporter.register_filter("encoded", encoded)
    exporter.register_filter("folded", folded)
    exporter.register_filter("headings", headings)
    return exporter


def export_html(
    notebook: Any,
    path: str | Path,
    exporter: HTMLExporter | None = None,
    kind: PageKind | None = None,
) -> Path:
    """Write an executed notebook, or the file that holds one, as a web page; return its path."""
    if isinstance(notebook, str | Path):
        notebook = nbformat.read(notebook, as_version=4)
    target = Path(path)
    atomic.write_text(target, page_html(notebook, exporter or profile_exporter(), kind=kind))
    return target


def page_html(
    notebook: Any, exporter: HTMLExporter, part: str = "", kind: PageKind | None = None
) -> str:
    """Write an executed notebook as a page.

    Parameters
    ----------
    part : str, optional
        Tag of the cells that are shown; all of them unless told. A heading under which no cell
        shows anything is left out.
    kind : PageKind, optional
        What the page is; a profile unless told.
    """
    cells = [cell for cell in notebook.cells if not part or part in cell.metadata.get("tags", ())]
    shown = notebook.copy()
    shown["cells"] = list(_with_content(cells))
    resources = {
        "metadata": {"name": page_title(notebook)},
        "kind": kind or profile_kind(),
    }
    html: str = exporter.from_notebook_node(shown, resources=resources)[0]
    return breakable(html)


def _with_content(cells: Sequence[Any]) -> Iterator[Any]:
    """Leave out the headings under which nothing stands, those of lower headings apart."""
    for place, cell in enumerate(cells):
        after = takewhile(lambda below: below.cell_type == "code", cells[place + 1 :])
        is_head = cell.cell_type == "markdown" and cell.source.startswith("#")
        below = cells[place + 1 : place + 2]
        leads = bool(below) and below[0].cell_type == "markdown"
        if not is_head or leads or any(other.outputs for other in after):
            yield cell


def page_title(notebook: Any) -> str:
    """Take the page's title from the first heading that the notebook shows.

    Examples
    --------
    >>> from nbformat.v4 import new_code_cell, new_notebook, new_output
    >>> shown = new_output("display_data", {"text/html": "<h1>Arts &amp; crafts</h1>"})
    >>> page_title(new_notebook(cells=[new_code_cell(outputs=[shown])]))
    'Arts & crafts'
    """
    for cell in notebook.cells:
        for output in cell.get("outputs", ()):
            found = FIRST_TITLE.search(output.get("data", {}).get("text/html", ""))
            if found:
                return _plain(found.group(1)).strip()
    return "Labor market profile"


def anchored(body: str) -> str:
    """Give every section's heading in a page's main part a name that a link can point to.

    Examples
    --------
    >>> anchored("<h2>What jobs pay</h2>")
    '<h2 id="what-jobs-pay">What jobs pay</h2>'
    """

    def named(found: re.Match[str]) -> str:
        plain = _plain(found.group(1)).lower()
        return f'<h2 id="{re.sub("[^a-z0-9]+", "-", plain).strip("-")}">{found.group(1)}</h2>'

    return HEADING.sub(named, body)


def encoded(text: str) -> str:
    """Write a text as a ``data:`` address holds it.

    Examples
    --------
    >>> encoded("<svg/>")
    'PHN2Zy8+'
    """
    return base64.b64encode(text.encode("utf-8")).decode("ascii")


def folded(body: str) -> str:
    """Fold away what stands under the heading for data staff.

    Examples
    --------
    >>> folded('<h2 id="for-data-staff">For data staff</h2> Sources')
    '<h2 id="for-data-staff">For data staff</h2><details class="staff"><summary>Show how firm the \
ranking is, definitions, quality and sources</summary> Sources</details>'
    """
    found = re.search(rf'<h2 id="{STAFF_HEADING}">.*?</h2>', body, re.DOTALL)
    if not found:
        return body
    said = "Show how firm the ranking is, definitions, quality and sources"
    opened = f'<details class="staff"><summary>{said}</summary>'
    return f"{body[: found.end()]}{opened}{body[found.end() :]}</details>"


def headings(body: str) -> list[tuple[str, str]]:
    """List the sections of a page's main part: the name to point to, and the heading's text.

    Examples
    --------
    >>> headings('<h2 id="Pay">Pay &amp; <em>hours</em></h2>')
    [('Pay', 'Pay & hours')]
    """
    return [(anchor, _plain(text)) for anchor, text in ANCHORED.findall(body)]


def _plain(html: str) -> str:
    return unescape(TAG.sub("", html))
