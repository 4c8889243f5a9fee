"""What is kept of what people type."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lmi.workshop.events import clean_line, clean_text


@pytest.mark.parametrize(
    "text",
    ["Zoë", "🏳️‍🌈 👩🏽‍🔧", "שלום עולם", "مرحبا", "日本語", "<b>&amp;"],
)
def test_letters_of_every_script_emoji_and_markup_stay_as_they_are(text):
    assert clean_text(text) == text


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("a\x00b\x1b[31mc\x7f", "ab[31mc"),
        ("Ann\N{RIGHT-TO-LEFT OVERRIDE}nimda", "Annnimda"),
        ("a\ud800b", "ab"),
        ("a\t\t b", "a b"),
        ("a\r\nb\rc\n\n\n\nd", "a\nb\nc\n\nd"),
    ],
)
def test_what_could_turn_a_screen_upside_down_goes(text, kept):
    assert clean_text(text) == kept


def test_a_line_has_no_line_ends():
    assert clean_line(" a\nb\u2028c ") == "a b c"


@given(st.text())
def test_cleaning_twice_is_cleaning_once(text):
    once = clean_text(text)
    assert clean_text(once) == once
    assert clean_line(clean_line(text)) == clean_line(text)
    assert once.encode("utf-8").decode("utf-8") == once  # no half of a pair is left
