"""The map of flows: no number over another, and no name in another's county."""

from __future__ import annotations

from itertools import combinations

import pytest

from lmi.assessment.footprint_evidence import Amount, FlowsSeen, Partner
from lmi.assessment.outlines import CountyOnMap
from lmi.workshop.views.flow_map import flow_map


def square(name: str, x: float, y: float, side: float = 1.0) -> CountyOnMap:
    ring = ((x, y), (x + side, y), (x + side, y + side), (x, y + side), (x, y))
    return CountyOnMap(name=name, rings=(ring,), spot=(x + side / 2, y + side / 2))


# Two own counties, four small ones close together below them, a large one that begins at their
# side and whose middle lies far away.
SHAPES = {
    "1": square("West", 0, 0), "2": square("East", 1, 0), "9": square("Prairie", 2, 0, 6),
    **{str(3 + n): square(name, 0.8 + 0.2 * n, -0.2, 0.2)
       for n, name in enumerate(("Boulder", "Broomfield", "Denver", "Jefferson"))},
}  # fmt: skip


@pytest.fixture
def drawn():
    ends = [
        Partner(county=key, name=SHAPES[key].name, amount=Amount(value=20_000 + int(key)),
                mostly="2" if int(key) % 2 else "1")
        for key in "3456"
    ]  # fmt: skip
    whole = Amount(value=100_000)
    return flow_map(SHAPES, ["1", "2"], FlowsSeen(
        table="t", when="by main jobs of 2021", stay=whole, works=whole, lives=whole,
        stay_to_work=None, filled_by_residents=None, comes_in=tuple(ends), goes_out=tuple(ends),
    ))  # fmt: skip


def test_no_number_stands_over_another(drawn):
    told = [(float(a.x), float(a.y), len(a.text)) for a in drawn.arrows if a.text]
    assert told and len(drawn.arrows) == 8
    for (x, y, n), (u, v, m) in combinations(told, 2):  # a bold digit is 23 wide, a line 40 high
        assert abs(x - u) >= 23 * (n + m) / 2 - 1 or abs(y - v) >= 39


def test_a_county_whose_middle_is_out_of_sight_has_no_name_within_another(drawn):
    names = {name.text for name in drawn.names}
    assert {"West", "East"} <= names and "Prairie" not in names
    assert "Denver" in drawn.said  # what the map has no room for is told in words
