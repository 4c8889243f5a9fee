"""Whose name, logo and colors stand on a state's pages; everything is checked when it is read."""

from __future__ import annotations

import base64
import io
import re
from pathlib import Path
from typing import Annotated
from xml.etree import ElementTree

from pydantic import AfterValidator

from lmi.config.document import Document
from lmi.config.fields import Definition, Text
from lmi.config.validate import problem

__all__ = ["BrandColors", "Branding", "check_logo", "contrast"]

READABLE = 4.5
"""Contrast of text to its ground that the accessibility guidelines (WCAG 2, level AA) ask for."""
PAPER, INK, MUTED = "#ffffff", "#1d2a35", "#56636e"
DARKER = 0.92
LARGEST_FILE, LARGEST_SIDE = 200_000, 2_000  # bytes; pixels
KINDS = {".png": "image/png", ".svg": "image/svg+xml"}
_HEX = re.compile(r"#[0-9a-fA-F]{6}")
_ACTIVE = frozenset({"script", "foreignObject", "iframe", "object", "embed", "handler", "a"})
_FETCHES = re.compile(r"@import|url\((?!\s*['\"]?#)|javascript:", re.IGNORECASE)


def contrast(one: str, other: str) -> float:
    """Return the contrast of two colors, from 1 (alike) to 21 (black and white).

    Notes
    -----
    The ratio of relative luminances of the Web Content Accessibility Guidelines 2.2.

    Examples
    --------
    >>> contrast("#000000", "#ffffff"), round(contrast("#00588a", "#ffffff"), 2)
    (21.0, 7.6)
    """
    dark, light = sorted((_luminance(one), _luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def _luminance(color: str) -> float:
    parts = []
    for at in (1, 3, 5):
        part = int(color[at : at + 2], 16) / 255
        parts.append(part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4)
    return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]


def _check_color(color: str) -> str:
    if not _HEX.fullmatch(color):
        raise problem(
            f"{color!r} is no color; write six hexadecimal digits after a # in quotes, such as "
            '"#00588a"'
        )
    return color.lower()


def _check_accent(color: str) -> str:
    found = contrast(_check_color(color), PAPER)
    if found < READABLE:
        raise problem(
            f"text in {color} on white has a contrast of {found:.1f}, and can be read from "
            f'{READABLE} on; write a darker color such as "{_darkened(color)}"'
        )
    return color.lower()


def _darkened(color: str) -> str:
    while contrast(color, PAPER) < READABLE:
        parts = (int(int(color[at : at + 2], 16) * DARKER) for at in (1, 3, 5))
        color = "#" + "".join(f"{part:02x}" for part in parts)
    return color


def _check_soft(color: str) -> str:
    for text, what in ((INK, "text"), (MUTED, "small print")):
        found = contrast(_check_color(color), text)
        if found < READABLE:
            raise problem(
                f"{what} on {color} has a contrast of {found:.1f}, and can be read from "
                f'{READABLE} on; write a lighter color such as "#e3eff7"'
            )
    return color.lower()


class BrandColors(Definition):
    """Colors of a state's pages.

    Parameters
    ----------
    accent : str
        Of links, rules and small heads, on white.
    soft : str
        Of the ground of the boxes with totals.
    """

    accent: Annotated[str, AfterValidator(_check_accent)] = "#00588a"
    soft: Annotated[str, AfterValidator(_check_soft)] = "#e3eff7"


class Branding(Definition):
    """Who publishes a state's profiles.

    Parameters
    ----------
    name : str
        The office.
    logo : str
        File of its logo in the state's folder, PNG or SVG; empty where there is none.
    footer : str
        A line at the foot of every page.
    contact : str
        Whom to ask.

    Examples
    --------
    >>> Branding(name="Office of Work", colors={"accent": "#7a1f5c"}).colors.soft
    '#e3eff7'
    """

    name: Text
    logo: str = ""
    colors: BrandColors = BrandColors()
    footer: str = ""
    contact: str = ""

    def logo_file(self, folder: Path) -> Path | None:
        """Return the logo's file in the state's folder; None where there is none."""
        return folder / self.logo if self.logo else None

    def logo_address(self, folder: Path) -> str:
        """Return the logo as an address that holds it whole; empty where there is none."""
        file = self.logo_file(folder)
        if file is None:
            return ""
        data = base64.b64encode(file.read_bytes()).decode("ascii")
        return f"data:{KINDS[file.suffix.lower()]};base64,{data}"


def check_logo(document: Document, branding: Branding | None) -> None:
    """Check that a logo lies in the state's folder and is a picture that does and fetches nothing.

    Raises
    ------
    ConfigError
        It does not, or is not.
    """
    if branding is None or not branding.logo:
        return
    wrong = _wrong_with(branding.logo, document.file.parent)
    if wrong:
        raise document.error(wrong, "branding", "logo")


def _wrong_with(name: str, folder: Path) -> str:
    """Say what is wrong with a logo, and what to do about it; empty where nothing is."""
    if name != Path(name).name or "\\" in name or name in (".", ".."):
        return f"{name!r} is a path; put the logo into the state's folder and write its name."
    file = folder / name
    if file.suffix.lower() not in KINDS:
        return f"{name!r} is neither PNG nor SVG; save the logo as one of the two."
    if not file.is_file():
        return f"there is no file {name!r} in {folder}; put the logo there."
    if file.resolve().parent != folder.resolve():
        return f"{name!r} leads out of the state's folder; put the logo itself there."
    if (size := file.stat().st_size) > LARGEST_FILE:
        return f"{name!r} has {size:,} bytes, more than {LARGEST_FILE:,}; save it smaller."
    check = _wrong_png if file.suffix.lower() == ".png" else _wrong_svg
    said = check(file.read_bytes())
    return f"{name!r} {said}" if said else ""


def _wrong_png(data: bytes) -> str:
    from PIL import Image

    try:
        with Image.open(io.BytesIO(data), formats=["PNG"]) as picture:
            width, height = picture.size
            if max(width, height) <= LARGEST_SIDE:
                picture.verify()
    except (OSError, SyntaxError, ValueError):
        return "cannot be read as PNG; save it anew."
    if max(width, height) > LARGEST_SIDE:
        return f"is {width} by {height} pixels, more than {LARGEST_SIDE} a side; save it smaller."
    return ""


def _wrong_svg(data: bytes) -> str:
    if any(mark in data.upper() for mark in (b"<!DOCTYPE", b"<!ENTITY", b"<?XML-STYLE")):
        return "declares a document type or a style sheet; save it as plain SVG."
    try:
        root = ElementTree.fromstring(data)
    except ElementTree.ParseError:
        return "cannot be read as SVG; save it anew."
    if _plain(root.tag) != "svg":
        return "is no SVG picture; save it anew."
    for element in root.iter():
        if _plain(element.tag) in _ACTIVE:
            return f"holds <{_plain(element.tag)}>, which a picture may not; save it as plain SVG."
        for key, value in element.attrib.items():
            at = _plain(key)
            leads_out = at in ("href", "src") and not value.startswith(("#", "data:image/png"))
            if at.lower().startswith("on") or leads_out or _FETCHES.search(value):
                return f"has {at}={value[:40]!r}, which acts or fetches; save it as plain SVG."
        if _FETCHES.search(element.text or ""):
            return "holds a style that fetches; save it as plain SVG."
    return ""


def _plain(name: object) -> str:
    """A name without its namespace."""
    return str(name).rpartition("}")[2]
