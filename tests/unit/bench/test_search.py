"""Industries are found by words of their titles, and what is typed is only ever text."""

from __future__ import annotations

import pytest

from lmi.bench.search import MOST, find_industries


def codes(text: str) -> list[str]:
    return [hit.code for hit in find_industries(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("semiconductor", ["3344", "33441", "334413"]),
        ("hospitals", ["622"]),
        ("hospital", ["622"]),
        ("HOSPITALS  psychiatric", ["6222"]),
        ("bakery", ["3118"]),
        ("bakeries", ["3118"]),
        ("31-33", ["31-33"]),
        ("3364", ["3364", "33641", "336411"]),
    ],
)
def test_words_and_codes_find_industries(text, expected):
    found = codes(text)
    assert set(expected) <= set(found)
    assert found[0] == expected[0], "the coarsest stands first"


@pytest.mark.parametrize("text", ["", "   ", "!!", "<>", "zzzz", "10", "1013"])
def test_what_is_no_industry_finds_none(text):
    wanted = {"10", "101", "102", "1013"}
    assert not wanted & set(codes(text))
    if not text.isdigit():
        assert codes(text) == []


@pytest.mark.parametrize("text", [".*", "__import__('os').system('x')", "a" * 5000, "[", "\\"])
def test_what_is_typed_is_text(text):
    assert len(codes(text)) <= MOST


def test_a_code_of_few_vintages_says_so():
    (hit,) = [hit for hit in find_industries("5132") if hit.code == "5132"]
    assert hit.label == "5132  Software publishers (NAICS 2022 only)"


def test_the_list_is_not_endless():
    assert len(codes("manufacturing")) == MOST
