"""Text that people type: kept as it was meant, without what no screen should be made to show."""

from __future__ import annotations

import re
import unicodedata

__all__ = ["clean_line", "clean_text"]

# Marks that turn the direction of everything after them. Right-to-left letters need none of them.
_TURNERS = dict.fromkeys([*range(0x202A, 0x202F), *range(0x2066, 0x206A)])
_BLANKS = re.compile(r"[^\S\n]+")
_LINES = re.compile(r"\n{3,}")


def clean_line(text: str) -> str:
    r"""Return one line of text.

    Examples
    --------
    >>> from lmi.workshop.text import clean_line
    >>> clean_line("  Ann\x00\n Lee ")
    'Ann Lee'
    """
    return " ".join(clean_text(text).split())


def clean_text(text: str) -> str:
    r"""Return text without control characters, its line ends kept.

    Emoji, letters of every script and the marks that join them stay.

    Examples
    --------
    >>> from lmi.workshop.text import clean_text
    >>> clean_text("one\r\ntwo\x07 \u202ethree")
    'one\ntwo three'
    """
    one = unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n"))
    one = one.translate(_TURNERS)
    kept = "".join(
        " " if c == "\t" else c
        for c in one
        if c in "\n\t" or unicodedata.category(c) not in ("Cc", "Cs", "Cn")
    )
    return _LINES.sub("\n\n", _BLANKS.sub(" ", kept)).strip()
