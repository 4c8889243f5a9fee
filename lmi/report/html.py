"""A profile notebook as one HTML file: no code, no scripts, nothing fetched from anywhere.

An exporter costs a second to make and some tens of milliseconds to use, so it is kept: make one
with `profile_exporter` and hand it to every `export_html`.
"""

from __future__ import annotations

import re
from html import escape, unescape
from pathlib import Path
from typing import Any

import nbformat
from nbconvert import HTMLExporter
from traitlets.config import Config

__all__ = ["anchored", "contents", "export_html", "page_title", "profile_exporter"]

TEMPLATES = Path(__file__).resolve().parent / "templates"
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
    exporter.register_filter("contents", contents)
    return exporter


def export_html(notebook: Any, path: str | Path, exporter: HTMLExporter | None = None) -> Path:
    """Write an executed notebook as a web page.

    Parameters
    ----------
    notebook : nbformat.NotebookNode or path-like
        The executed notebook, or its file.
    path : path-like
        The HTML file to write.
    exporter : nbconvert.HTMLExporter, optional
        One that is kept; made anew where not given.

    Returns
    -------
    pathlib.Path
        The file that was written.
    """
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
                return unescape(TAG.sub("", found.group(1))).strip()
    return "Labor market profile"


def anchored(body: str) -> str:
    """Give every section's heading a name that a link can point to.

    Parameters
    ----------
    body : str
        HTML of the page's main part.

    Examples
    --------
    >>> anchored("<h2>What jobs pay</h2>")
    '<h2 id="what-jobs-pay">What jobs pay</h2>'
    """

    def named(found: re.Match[str]) -> str:
        plain = unescape(TAG.sub("", found.group(1))).lower()
        return f'<h2 id="{re.sub("[^a-z0-9]+", "-", plain).strip("-")}">{found.group(1)}</h2>'

    return HEADING.sub(named, body)


def contents(body: str) -> str:
    """List a page's sections as links.

    Parameters
    ----------
    body : str
        HTML of the page's main part.

    Returns
    -------
    str
        A list of links to its second-level headings, as HTML.

    Examples
    --------
    >>> contents('<h2 id="Pay">Pay</h2>')
    '<ol><li><a href="#Pay">Pay</a></li></ol>'
    """
    links = (
        f'<li><a href="#{anchor}">{escape(unescape(TAG.sub("", text)))}</a></li>'
        for anchor, text in ANCHORED.findall(body)
    )
    return f"<ol>{''.join(links)}</ol>"
