"""Whose pay must be enough, and what stands in for it."""

from __future__ import annotations

import pytest

from lmi.config import load_wages

REGION = 'regions: {n: {name: N, counties: ["08069"]}}\n'


def test_without_a_file_it_is_twice_the_guideline_for_three(colorado):
    wages = load_wages(colorado(REGION))
    assert (wages.household, wages.persons, wages.multiple) == (None, 3, 2.0)


def test_a_state_says_its_household_and_its_stand_in(colorado, write):
    state = colorado(REGION)
    write("colorado/wages.yml", 'household: "1 adult"\npersons: 1\nmultiple: 2.5\n')
    wages = load_wages(state)
    assert (wages.household, wages.persons, wages.multiple) == ("1 adult", 1, 2.5)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("persons: 0", "persons: 0 is no number of persons in a household; write 1 to 20"),
        ("persons: 2.5", "'2.5' is not a whole number"),
        ("multiple: 200", "multiple: 200 times the poverty guideline is no threshold"),
        ("multiple: 0", "such as 2 for 200 percent"),
        ("multiple: nan", "is no threshold"),
        ("houshold: x", "perhaps you meant 'household'"),
        ('household: ""', "the text is empty"),
    ],
)
def test_a_mistake_is_named_with_its_line(colorado, write, refusal, text, says):
    state = colorado(REGION)
    write("colorado/wages.yml", f"# whose pay\n{text}\n")
    assert says in refusal(lambda: load_wages(state), 2)
