"""A page as PDF, tagged for screen readers, with everything that it needs inside."""

from __future__ import annotations

from pathlib import Path

from lmi.missing import Missing

__all__ = ["FACE", "PAPERS", "as_pdf"]

PAPERS = ("letter", "a4")
FACE = "Page"
"""What style sheets call the type of a printed page."""
FILES = (
    ("DejaVuSans.ttf", "normal", "normal"),
    ("DejaVuSans-Bold.ttf", "bold", "normal"),
    ("DejaVuSans-Oblique.ttf", "normal", "italic"),
)
SIZES = ("", "7.6pt", "7pt")
"""Of the type: the page's own, then smaller ones."""
VARIANT = "pdf/ua-1"
"""Tagged, titled and in a stated language: what a screen reader needs."""


def as_pdf(html: str, paper: str = "letter", pages: int | None = None) -> bytes | Missing:
    """Write a page as PDF.

    Parameters
    ----------
    html : str
        A whole page that fetches nothing; its style sheet says how it is printed.
    paper : {"letter", "a4"}
    pages : int, optional
        So many it should have: its type is set smaller, within what can be read, where it has
        more.

    Returns
    -------
    bytes or Missing
        Missing, in words, where this machine lacks the text library that WeasyPrint draws with.
    """
    try:
        from weasyprint import CSS, HTML
        from weasyprint.text.fonts import FontConfiguration
        from weasyprint.urls import URLFetcher
    except OSError:
        return Missing(
            "PDF",
            "this machine lacks Pango, which WeasyPrint sets text with",
            "install Pango, or open the page and print it to a PDF",
        )
    fonts = FontConfiguration()
    # the page itself may hold its pictures and name no file; the sheet, which is ours, names fonts
    ours, theirs = (URLFetcher(allowed_protocols=[kind]) for kind in ("file", "data"))
    page = HTML(string=html, url_fetcher=theirs)
    for size in SIZES:
        css = f"@page {{ size: {paper} }} {_faces()}" + (
            f" html {{ font-size: {size} !important }}" * bool(size)
        )
        sheet = CSS(string=css, font_config=fonts, url_fetcher=ours)
        document = page.render(stylesheets=[sheet], font_config=fonts, pdf_variant=VARIANT)
        if pages is None or len(document.pages) <= pages:
            break
    made: bytes = document.write_pdf(pdf_variant=VARIANT)
    return made


def _font_folder() -> Path:
    """The fonts that come with matplotlib: a page has the same ones on every machine."""
    import matplotlib

    return Path(matplotlib.get_data_path()) / "fonts" / "ttf"


def _faces() -> str:
    return " ".join(
        f'@font-face {{ font-family: "{FACE}"; src: url("{(_font_folder() / file).as_uri()}"); '
        f"font-weight: {weight}; font-style: {style} }}"
        for file, weight, style in FILES
    )
