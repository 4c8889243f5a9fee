"""A page as PDF: by WeasyPrint where it is installed, else by a Chromium that is found."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from pathlib import Path

from lmi.missing import Missing

__all__ = ["as_pdf_of"]

BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome",
            "msedge")  # fmt: skip
QUIET = (
    "--headless", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync",
    "--disable-background-networking", "--disable-component-update", "--no-pdf-header-footer",
)  # fmt: skip
SECONDS = 60


def as_pdf_of(html: str) -> bytes | Missing:
    """Print a page.

    Parameters
    ----------
    html : str
        One file that fetches nothing.
    """
    return (
        _by_weasyprint(html)
        or _by_browser(html)
        or Missing(
            "PDF of the record",
            "this machine has neither WeasyPrint nor a Chromium that prints",
            "install one (pip install 'lmi[pdf]'), or open the record and print it to a PDF",
        )
    )


def _by_weasyprint(html: str) -> bytes | None:
    try:
        from weasyprint import HTML
    except (ImportError, OSError):  # OSError: its text library is not on this machine
        return None
    found: bytes = HTML(string=html, url_fetcher=_nothing).write_pdf(pdf_variant="pdf/ua-1")
    return found


def _nothing(url: str, *_args: object, **_kwargs: object) -> dict[str, object]:
    raise ValueError(f"the record fetches nothing, and {url!r} was asked for")


def _by_browser(html: str) -> bytes | None:
    browser = next((b for name in BROWSERS if (b := shutil.which(name))), None)
    if browser is None:
        return None
    with tempfile.TemporaryDirectory(prefix="lmi-print-") as folder:
        page, printed = Path(folder, "record.html"), Path(folder, "record.pdf")
        page.write_text(html, encoding="utf-8")
        # Chromium refuses to sandbox itself for root; the page has no script and fetches nothing.
        free = ["--no-sandbox"] if hasattr(os, "geteuid") and os.geteuid() == 0 else []
        subprocess.run(
            [browser, *QUIET, *free, f"--user-data-dir={folder}/profile",
             f"--print-to-pdf={printed}", page.as_uri()],
            capture_output=True, timeout=SECONDS, check=False,
        )  # fmt: skip
        return printed.read_bytes() if printed.is_file() else None
