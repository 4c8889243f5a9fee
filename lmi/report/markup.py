"""HTML from plain text: everything that comes from a file or a person is escaped here."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from html import escape

__all__ = ["badge", "definition_list", "details", "element", "escape", "list_of", "paragraph"]


def element(tag: str, text: str, **attributes: str) -> str:
    """Write one element that holds plain text.

    Parameters
    ----------
    text : str
        Plain text; it is escaped.
    **attributes : str
        Attributes; `class_` becomes ``class`` and `data_label` becomes ``data-label``.

    Examples
    --------
    >>> element("p", "Arts & <design>", class_="note")
    '<p class="note">Arts &amp; &lt;design&gt;</p>'
    """
    written = "".join(
        f' {name.rstrip("_").replace("_", "-")}="{escape(value)}"'
        for name, value in attributes.items()
        if value
    )
    return f"<{tag}{written}>{escape(text)}</{tag}>"


def paragraph(text: str, class_: str = "") -> str:
    """Write a paragraph of plain text.

    Examples
    --------
    >>> paragraph("One sentence.")
    '<p>One sentence.</p>'
    """
    return element("p", text, class_=class_)


def badge(label: str, text: str) -> str:
    """Write a boxed note that opens with a label in bold.

    Examples
    --------
    >>> badge("Illustrative data.", "Made up.")
    '<p class="badge" role="note"><strong>Illustrative data.</strong> Made up.</p>'
    """
    return f'<p class="badge" role="note"><strong>{escape(label)}</strong> {escape(text)}</p>'


def list_of(items: Iterable[str], class_: str = "") -> str:
    """Write a list of plain sentences.

    Examples
    --------
    >>> list_of(["one", "two"])
    '<ul><li>one</li><li>two</li></ul>'
    """
    opening = f'<ul class="{escape(class_)}">' if class_ else "<ul>"
    return opening + "".join(element("li", item) for item in items) + "</ul>"


def definition_list(entries: Mapping[str, str], class_: str = "") -> str:
    """Write words with their meaning.

    Examples
    --------
    >>> definition_list({"LQ": "Location quotient."})
    '<dl><div><dt>LQ</dt><dd>Location quotient.</dd></div></dl>'
    """
    opening = f'<dl class="{escape(class_)}">' if class_ else "<dl>"
    rows = (
        f"<div>{element('dt', word)}{element('dd', meaning)}</div>"
        for word, meaning in entries.items()
    )
    return f"{opening}{''.join(rows)}</dl>"


def details(summary: str, html: str, class_: str) -> str:
    """Write a part that the reader unfolds.

    Parameters
    ----------
    summary : str
        Plain text that stays in view.
    html : str
        What is folded away, escaped before.

    Examples
    --------
    >>> details("More", "<p>One.</p>", "more")
    '<details class="more"><summary>More</summary><p>One.</p></details>'
    """
    return f'<details class="{escape(class_)}">{element("summary", summary)}{html}</details>'
