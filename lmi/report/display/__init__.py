"""What a section shows: figures, tables and prose that JupyterLab and the web page both render.

A figure is an image with its description, a table is HTML with a plain-text twin, prose is HTML
whose text was escaped. Each can be saved; the bytes depend on the content alone. Import from here.
"""

from __future__ import annotations

from lmi.report.display.bar import Bar, BarScale, Stroke
from lmi.report.display.figure import Figure
from lmi.report.display.keeping import Exhibit, Keeping, Part
from lmi.report.display.prose import (
    Prose,
    bullets,
    citation,
    paragraph,
    sentence,
    tiled,
    title_block,
)
from lmi.report.display.table import PageColumn, PageTable, words_column, written

__all__ = [
    "Bar", "BarScale", "Exhibit", "Figure", "Keeping", "PageColumn", "PageTable", "Part",
    "Prose", "Stroke", "bullets", "citation", "paragraph", "sentence", "tiled", "title_block",
    "words_column", "written",
]  # fmt: skip
