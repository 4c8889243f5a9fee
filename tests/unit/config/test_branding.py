"""A state's branding: colors that can be read, a logo that does nothing and stays where it is."""

from __future__ import annotations

import io
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from lmi.config.branding import MUTED, READABLE, BrandColors, contrast
from lmi.errors import ConfigError

REGIONS = 'regions:\n  north: {name: North, counties: ["08069"]}\n'
SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9">{}</svg>'


def branded(**says: str) -> str:
    lines = "".join(f"  {key}: {value}\n" for key, value in {"name": "Office", **says}.items())
    return f"branding:\n{lines}{REGIONS}"


def png(width: int = 4, height: int = 4) -> bytes:
    data = io.BytesIO()
    Image.new("RGB", (width, height)).save(data, "png")
    return data.getvalue()


@pytest.fixture
def logo(write):
    """Put a file beside the state's definition."""

    def put(name: str, data: bytes) -> None:
        write("colorado/note.txt", "").with_name(name).write_bytes(data)

    return put


def test_contrast_is_that_of_the_guidelines():
    """Pairs whose ratio the guidelines' own understanding pages give."""
    assert contrast("#ffffff", "#ffffff") == 1 and contrast("#000000", "#ffffff") == 21
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.005)
    assert contrast("#767676", "#ffffff") == pytest.approx(4.54, abs=0.005)


@given(st.integers(0, 0xFFFFFF).map("#{:06X}".format))
def test_every_color_is_taken_or_one_that_is_taken_is_named(color):
    try:
        taken = BrandColors(accent=color).accent
    except ValueError as error:
        taken = BrandColors(accent=re.search(r'such as "(#\w{6})"', str(error)).group(1)).accent
        assert contrast(color, "#ffffff") < READABLE
    assert contrast(taken, "#ffffff") >= READABLE


def test_a_pale_accent_and_a_dark_ground_are_refused_with_the_number(colorado, refusal):
    said = refusal(lambda: colorado(branded(colors='{accent: "#f0c000"}')), 7)
    assert "#f0c000 on white has a contrast of 1.7" in said
    said = refusal(lambda: colorado(branded(colors='{soft: "#8899aa"}')), 7)
    assert f"{contrast('#8899aa', MUTED):.1f}" in said or "contrast" in said
    assert "no color" in refusal(lambda: colorado(branded(colors='{accent: "red"}')), 7)


def test_a_picture_in_the_states_folder_is_taken_whole(colorado, logo):
    logo("logo.png", png())
    state = colorado(branded(logo="logo.png", contact="data@example.gov"))
    assert state.branding.logo_address(state.folder).startswith("data:image/png;base64,iVBOR")
    logo("mark.svg", SVG.format('<path fill="url(#g)" d="M0 0h9v9z"/>').encode())
    state = colorado(branded(logo="mark.svg"))
    assert state.branding.logo_address(state.folder).startswith("data:image/svg+xml;base64,")
    assert colorado(branded()).branding.logo_address(state.folder) == ""


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("../logo.png", b"", "is a path"),
        ("'a\\b.png'", b"", "is a path"),
        ("absent.png", None, "there is no file"),
        ("logo.gif", b"GIF89a", "neither PNG nor SVG"),
        ("logo.png", b"<svg/>", "cannot be read as PNG"),
        ("logo.png", png()[:-20], "cannot be read as PNG"),
        ("logo.png", png(2001, 1), "2001 by 1 pixels"),
        ("logo.png", png() + b"0" * 200_000, "more than 200,000"),
        ("logo.svg", SVG.format("<script>alert(1)</script>").encode(), "holds <script>"),
        ("logo.svg", SVG.format('<path onload="x()"/>').encode(), "acts or fetches"),
        ("logo.svg", SVG.format('<use href="https://example.org/a"/>').encode(), "acts or fetches"),
        ("logo.svg", SVG.format('<g style="fill:url(//a.b/c)"/>').encode(), "acts or fetches"),
        ("logo.svg", SVG.format("<style>@import 'a'</style>").encode(), "a style that fetches"),
        ("logo.svg", b'<!DOCTYPE svg [<!ENTITY a "b">]><svg>&a;</svg>', "a document type"),
        ("logo.svg", b"<html/>", "is no SVG"),
        ("logo.svg", b"<svg", "cannot be read as SVG"),
    ],
)
def test_what_is_no_plain_picture_here_is_refused(colorado, logo, refusal, name, data, said):
    if data and "/" not in name:
        logo(name, data)
    assert said in refusal(lambda: colorado(branded(logo=name)), 7)


def test_a_link_that_leads_out_of_the_folder_is_refused(colorado, logo, tmp_path):
    (tmp_path / "secret.png").write_bytes(png())
    logo("there.txt", b"")
    (tmp_path / "regions" / "colorado" / "logo.png").symlink_to(tmp_path / "secret.png")
    with pytest.raises(ConfigError, match=r"leads out of the state's folder"):
        colorado(branded(logo="logo.png"))
