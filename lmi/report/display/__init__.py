"""What a section shows: figures, tables and prose that JupyterLab and the web page both render.

A figure is an image with its description, a table is HTML with a plain-text twin, prose is HTML
whose text was escaped. Each can be saved; the bytes depend on the content alone. Import from here.
"""

from __future__ import annotations

from lmi.report.display.exhibit import Exhibit
from lmi.report.display.figure import Figure
from lmi.report.display.prose import Prose, citation, sentence
from lmi.report.display.table import Column, Table

__all__ = [
    "Column",
    "Exhibit",
    "Figure",
    "Prose",
    "Table",
    "citation",
    "sentence",
]
