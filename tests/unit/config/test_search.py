"""Industries are found by words of their titles, and what is typed is only ever text."""

from __future__ import annotations

import pytest

from lmi import naics
from lmi.config.search import MOST, find_industries, hit_of

YEAR = 2023


def codes(text: str, year: int = YEAR) -> list[str]:
    return [hit.code for hit in find_industries(text, year).shown]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        # a plural finds the singular, and the reverse
        ("bakery", "3118 31181 311811 311812"),
        ("bakeries", "3118 31181 311811 311812"),
        ("computers", "334 3341 5415 6114 42343 61142 334111 334112 334118 541511 541512 541513 "
                      "541519 811212"),
        ("hospital", "622 6221 6222 6223 42345"),
        ("hospitals", "622 6221 6222 6223 42345"),
        ("glasses", "3272 23815 81112 238151 238152 327211 327212 327213 327215 811122"),
        # words begin so, all of them, in any order and case
        ("machine sh", "3327 33271"),
        ("HOSPITALS  psychiatric", "6222 6223"),
        ("dairy cattle", "11212"),
        ("wind elec", "221115"),
        # what the year has comes first, and what other years had, with its name of then
        ("software", "5132 42343 5112 334614"),
        ("grocery stores", "4451 44511"),
        # a code, by how it begins; what is the same with more digits is left out
        ("31-33", "31-33"),
        ("3364", "3364 336411 336412 336413 336414 336415 336419"),
        ("semiconductor", "3344 333242 334413"),
        ("33441", "33441 334412 334413 334416 334417 334418 334419"),
        ("611420", "611420"),
    ],
)  # fmt: skip
def test_words_and_codes_find_industries(text, found):
    assert codes(text) == found.split()


@pytest.mark.parametrize("text", ["", "   ", "m", "3", "!!", "<>", "zzzz", "10", "101", "1013"])
def test_what_is_no_industry_finds_none(text):
    assert not [code for code in codes(text) if code in ("10", "101", "102", "1013")]
    if not text.startswith("10"):
        assert codes(text) == []


@pytest.mark.parametrize("text", [".*", "__import__('os').system('x')", "a" * 5000, "[", "\\"])
def test_what_is_typed_is_text(text):
    assert len(codes(text)) <= MOST


@pytest.mark.parametrize(
    ("code", "label"),
    [
        ("5132", "5132  Software publishers (NAICS 2022 only)"),
        ("5112", "5112  Software publishers (NAICS 2012 and 2017 only)"),
        ("62", "62  Health care and social assistance"),
    ],
)
def test_a_code_of_few_vintages_says_so(code, label):
    assert hit_of(code).label == label


@pytest.mark.parametrize("text", ["software", "computer", "electronic", "stores"])
def test_every_year_finds_the_same_and_begins_with_its_own(text):
    found = {year: find_industries(text, year, most=10_000).shown for year in (2014, 2019, 2023)}
    assert set(found[2014]) == set(found[2019]) == set(found[2023])
    for year, hits in found.items():
        has = [naics.naics_year(year) in hit.vintages for hit in hits]
        assert has == sorted(has, reverse=True)


def test_the_list_is_not_endless():
    found = find_industries("manufacturing", YEAR)
    every = find_industries("manufacturing", YEAR, most=10_000)
    assert len(found.shown) == MOST and found.more == len(every.shown) - MOST
    assert found.note == f"And {found.more} more; another word narrows the search."
    assert every.note == "" and every.shown[:MOST] == found.shown
