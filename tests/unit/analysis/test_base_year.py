"""Which year growth is measured from."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from lmi.analysis.base_year import RECESSIONS, base_year_for

YEARS = st.sets(st.integers(2001, 2030))


@given(st.integers(2001, 2031), YEARS)
def test_the_base_is_the_nearest_to_five_years_before_that_no_recession_cut(year, known):
    base = base_year_for(year, known)
    earlier = {y for y in known if y < year}
    if not earlier:
        assert base is None
        return
    assert base in earlier
    spared = earlier - RECESSIONS
    assert base in spared or not spared
    off = {y: abs(year - y - 5) for y in spared or earlier}
    assert off[base] == min(off.values())
    assert all(y <= base for y, away in off.items() if away == off[base]), "the shorter of a tie"
