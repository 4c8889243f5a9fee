"""A profile notebook as one HTML file: no code, no scripts, nothing fetched from anywhere.

An exporter costs a second to make and some tens of milliseconds to use, so it is kept: make one
with `profile_exporter` and hand it to every `export_html`.
"""

from __future__ import annotations

import re
from html import unescape
from pathlib import Path
from typing import Any

import nbformat
from nbconvert import HTMLExporter
from traitlets.config import Config

from lmi.report.html import TEMPLATES

__all__ = ["anchored", "export_html", "headings", "page_title", "profile_exporter"]

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
    config = Config()
    config.TemplateExporter.exclude_input = True
    config.TemplateExporter.exclude_input_prompt = True
    config.TemplateExporter.exclude_output_prompt = True
    exporter = HTMLExporter(
        config=config, template_name="profile", extra_template_basedirs=[str(TEMPLATES)]
    )
    exporter.exclude_anchor_links = True
    exporter.register_filter("anchored", anchored)
    exporter.register_filter("headings", headings)
    return exporter


def export_html(notebook: Any, path: str | Path, exporter: HTMLExporter | None = None) -> Path:
    """Write an executed notebook, or the file that holds one, as a web page; return its path."""
    if isinstance(notebook, str | Path):
        notebook = nbformat.read(notebook, as_version=4)
    exporter = exporter or profile_exporter()
    resources = {"metadata": {"name": page_title(notebook)}}
    html, _resources = exporter.from_notebook_node(notebook, resources=resources)
    target = Path(path)
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(html.encode("utf-8"))
    return target


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
