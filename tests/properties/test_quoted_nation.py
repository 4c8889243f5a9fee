"""What holds for shares inferred from quotients, whatever an agency prints."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.printed_quotients import PrintedRows, infer, outside, printed, shares_of

LEAVES = (
    *(("5", code) for code in ("111110", "236115", "236116", "541511", "541512", "541513")),
    *(("5", code) for code in ("621111", "621112", "622110", "722511", "722513", "999999")),
    *((own, code) for own in "123" for code in ("611110", "622110", "921110")),
)
AREAS = ("08001", "08003", "39049", "39000")
some = settings(max_examples=40)  # each infers a nation twice

# In twelfths, as averages of months are before they are rounded.
a_few = st.one_of(st.just(0), st.integers(1, 60), st.integers(1, 100_000)).map(lambda n: n / 12)
places = st.lists(a_few, min_size=len(LEAVES), max_size=len(LEAVES))


@st.composite
def nations(draw: st.DrawFn) -> tuple[dict, dict, set]:
    """Jobs of a few areas and of a nation that holds them and more, and what is withheld."""
    areas = {
        area: {leaf: n for leaf, n in zip(LEAVES, draw(places), strict=True) if n}
        for area in AREAS[: draw(st.integers(1, len(AREAS)))]
    }
    rest = draw(st.lists(st.integers(0, 1_000_000), min_size=len(LEAVES), max_size=len(LEAVES)))
    nation = {
        leaf: n + sum(jobs.get(leaf, 0) for jobs in areas.values())
        for leaf, n in zip(LEAVES, rest, strict=True)
    }
    every = [(area, *leaf) for area in areas for leaf in LEAVES]
    above = [(area, "5", code) for area in areas for code in ("54", "5415", "62", "102", "10")]
    withheld = set(draw(st.lists(st.sampled_from([*every, *above]), max_size=20)))
    return areas, {leaf: n for leaf, n in nation.items() if n}, withheld


@some
@given(nations())
def test_every_interval_holds_the_truth_and_an_area_more_never_widens(drawn):
    areas, nation, withheld = drawn
    rows = printed({a: jobs for a, jobs in areas.items() if jobs}, nation, withheld=withheld)
    found = infer(PrintedRows(rows)) if len(rows) else None
    if found is None:
        return
    assert found.contradictions == ()
    assert outside(found, nation) == []
    first = rows[rows["area_fips"] == rows["area_fips"].iloc[0]]
    alone = infer(PrintedRows(first))
    if alone is not None:
        one, all_of_them = shares_of(alone), shares_of(found)
        # within how far bounds are carried until they count as settled
        assert (all_of_them["lo"] >= one["lo"] - 1e-7).all()
        assert (all_of_them["hi"] <= one["hi"] + 1e-7).all()
