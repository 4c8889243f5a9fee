"""What holds for every industry, every set of industries and every pair of years."""

from __future__ import annotations

from itertools import chain

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from lmi import codes, naics
from lmi.errors import CodeError
from lmi.reference import read_reference

VINTAGES = (2012, 2017, 2022)
EVERY_CODE = sorted(set().union(*map(naics.known_industries, VINTAGES)))

vintages = st.sampled_from(VINTAGES)
industries = st.sampled_from(EVERY_CODE)
# Few codes at a coarse level, many at a fine one, as definitions are.
definitions = st.frozensets(industries, min_size=1, max_size=8)
years = st.integers(2011, 2025)


def leaves(definition, vintage):
    known = (code for code in definition if naics.is_known(code, vintage))
    return frozenset(chain.from_iterable(naics.leaves(code, vintage) for code in known))


@given(industries)
def test_parents_climb_to_the_total(code):
    steps = [code, *naics.ancestors(code)]
    assert steps[-1] == "10"
    ranks = [naics.LEVELS.index(naics.industry_level(step)) for step in steps]
    assert ranks == sorted(ranks, reverse=True)
    assert set(steps) <= naics.containers(code)


@given(industries)
def test_every_known_industry_has_a_known_parent(code):
    for vintage in VINTAGES:
        above = naics.parent(code)
        if naics.is_known(code, vintage) and above is not None:
            assert naics.is_known(above, vintage)


@given(industries, vintages)
def test_children_make_up_an_industry_without_overlap(code, vintage):
    assume(naics.is_known(code, vintage))
    below = naics.children(code, vintage)
    parts = [naics.leaves(child, vintage) for child in below] or [frozenset((code,))]
    assert sum(map(len, parts)) == len(naics.leaves(code, vintage))
    assert frozenset().union(*parts) == naics.leaves(code, vintage)
    assert naics.overlaps(below) == []


@given(industries, industries, vintages)
def test_an_industry_holds_all_leaves_of_what_it_contains(outer, inner, vintage):
    assume(naics.is_known(outer, vintage) and naics.is_known(inner, vintage))
    held, within = naics.leaves(outer, vintage), naics.leaves(inner, vintage)
    if naics.contains(outer, inner):
        assert within <= held
    elif not naics.contains(inner, outer):
        assert within.isdisjoint(held)


@given(definitions, definitions, vintages)
def test_cover_says_exactly_the_set_in_the_fewest_codes(include, exclude, vintage):
    found = naics.cover(include, exclude, vintage)
    assert leaves(found, vintage) == leaves(include, vintage) - leaves(exclude, vintage)
    assert naics.overlaps(found) == []
    assert naics.cover(found, [], vintage) == found
    for code in found:
        above = naics.parent(code)
        if above is not None:
            assert not naics.leaves(above, vintage) <= leaves(found, vintage)


@given(definitions)
def test_overlapping_definitions_are_found(definition):
    # A set of codes overlaps itself exactly where adding it up counts an establishment twice.
    for vintage in VINTAGES:
        known = [code for code in definition if naics.is_known(code, vintage)]
        twice = sum(len(naics.leaves(c, vintage)) for c in known) > len(leaves(known, vintage))
        assert bool(naics.overlaps(known)) is twice


def closed_by_hand(definition, old_year, new_year):
    """The rule itself, on the leaves of both vintages and the table of moves."""
    before, after = leaves(definition, old_year), leaves(definition, new_year)
    if naics.containers("517122") & definition:  # in NAICS 2022, and not published by QCEW
        after |= {"517122"}
    return all(
        (old in before) == (new in after)
        for first, old, last, new in read_reference("naics_changes")
        if (int(first), int(last)) == (old_year, new_year)
    )


@given(definitions)
def test_closed_means_that_no_establishment_crosses(definition):
    assert naics.is_closed(definition, 2016, 2017) is closed_by_hand(definition, 2012, 2017)
    assert naics.is_closed(definition, 2021, 2022) is closed_by_hand(definition, 2017, 2022)


@given(definitions, years, years)
def test_reasons_are_given_exactly_where_a_definition_breaks(definition, year0, year1):
    closed = naics.is_closed(definition, year0, year1)
    assert closed is (naics.break_reasons(definition, year0, year1) == [])
    assert closed is naics.is_closed(definition, year1, year0)


@given(definitions, years, years, years)
def test_closed_over_a_span_is_closed_over_its_parts(definition, year0, year1, year2):
    first, middle, last = sorted((year0, year1, year2))
    whole = naics.is_closed(definition, first, last)
    parts = naics.is_closed(definition, first, middle) and naics.is_closed(definition, middle, last)
    assert whole is parts


@given(definitions, definitions, years, years)
def test_two_closed_definitions_are_closed_together(one, other, year0, year1):
    assume(naics.is_closed(one, year0, year1) and naics.is_closed(other, year0, year1))
    assert naics.is_closed(one | other, year0, year1)


@given(st.frozensets(st.sampled_from(naics.SECTORS), min_size=1), years, years)
def test_whole_sectors_are_always_closed(sectors, year0, year1):
    assert naics.is_closed(sectors, year0, year1)


@given(st.text(max_size=7) | st.from_regex(r"[0-9]{1,7}", fullmatch=True))
def test_any_text_is_read_or_refused_by_name(text):
    for read in (naics.parse_industry, codes.parse_area, codes.parse_agglvl):
        try:
            assert read(text)
        except CodeError as error:
            assert repr(text) in str(error)
    if text in EVERY_CODE:
        assert naics.parse_industry(text).industry_code == text


@given(st.sampled_from(codes.county_changes()), st.integers(1988, 2027), st.integers(1988, 2027))
def test_the_whole_ground_of_a_change_can_be_compared(change, year0, year1):
    ground = change.before | change.after
    reasons = codes.area_break_reasons(ground, year0, year1)
    assert not any(change.what in reason for reason in reasons)
    for area in ground - change.before:  # a code that is only new cannot stand on both sides
        early, late = change.years("qcew")
        if min(year0, year1) < early and max(year0, year1) >= late:
            assert codes.area_break_reasons([area], year0, year1)


@pytest.mark.parametrize("state", sorted(codes.STATES - {"99"}))
def test_a_state_has_counties_in_every_year(state):
    for year in (1995, 2011, 2016, 2022, 2024):
        found = codes.counties_of(state, year)
        assert found
        assert all(codes.is_county(code) and codes.in_use(code, year) for code in found)
