"""No published numbers, whatever the hierarchy, tell of one or two establishments together."""

from __future__ import annotations

import itertools
from collections import defaultdict
from collections.abc import Iterator, Sequence
from fractions import Fraction

import numpy as np
import pandas as pd
from hypothesis import given
from hypothesis import strategies as st
from scipy import sparse

from lmi.suppression.disclosure import Numbers, parts_of, withhold
from lmi.suppression.known_sums import FEWEST

TREE = {"10": ("51", "52"), "51": ("511", "512"), "52": ("522", "523")}
LEAVES = (*TREE["51"], *TREE["52"])
INDUSTRIES = ("10", *TREE["10"], *LEAVES)
COUNTIES, STATE = ("08001", "08003", "08005"), "08000"
PLACES = {"a": COUNTIES[:1], "b": COUNTIES[1:2], "ab": COUNTIES[:2], "c": COUNTIES[2:],
          "all": (STATE,)}  # fmt: skip
LEVEL = {"51": "4", "52": "4"}


def _cells(estabs: dict[tuple[str, str], float], hidden: set[tuple[str, str]]) -> pd.DataFrame:
    """Cells of three counties and their state; a sum is withheld where the draw says so."""
    held = dict(estabs)
    for top, area in itertools.product(("51", "52", "10"), COUNTIES):
        held[area, top] = sum(held[area, part] for part in TREE[top])
    for industry in ("10", *INDUSTRIES):
        held[STATE, industry] = sum(held[area, industry] for area in COUNTIES)
    rows = [
        {
            "area_fips": area, "own_code": own, "industry_code": industry,
            "agglvl_code": ("5" if area == STATE else "7") + level,
            "annual_avg_estabs": float(count), "annual_avg_emplvl": 9.0 * count,
            "source": "size" if own == "5" and (area, industry) in hidden else "published",
        }
        for (area, industry), count in held.items()
        for own, level in (
            [("0", "0"), ("5", "1")] if industry == "10" else [("5", LEVEL.get(industry, "5"))]
        )
    ]  # fmt: skip
    return pd.DataFrame(rows)


@st.composite
def states(draw) -> pd.DataFrame:
    count = st.sampled_from([0.25, 0.5, 0.75, 1, 1, 1, 2, 2, 3, 4, 6])
    estabs = {(a, i): draw(count) for a in COUNTIES for i in LEAVES}
    hidden = {(a, i) for a in (*COUNTIES, STATE) for i in INDUSTRIES if draw(st.integers(0, 2))}
    # A total that is withheld has a withheld part, as with every agency.
    for area, top in itertools.product((*COUNTIES, STATE), ("51", "52", "10")):
        if not hidden & {(area, part) for part in TREE[top]}:
            hidden.discard((area, top))
    return _cells(estabs, hidden)


def _numbers(cells: pd.DataFrame, tiers: Sequence[int] = (0,) * len(PLACES)) -> Numbers:
    """Every cell of the counties, of two of them together, and of the state."""
    keys = pd.DataFrame(itertools.product(PLACES, INDUSTRIES), columns=["place", "industry"])
    row = {at: n for n, at in enumerate(zip(cells["area_fips"], cells["industry_code"],
                                            strict=True))}  # fmt: skip
    of = np.zeros((len(keys), len(cells)))
    for n, (place, industry) in enumerate(keys.itertuples(index=False)):
        of[n, [row[area, industry] for area in PLACES[place]]] = 1
    _, below = parts_of(cells)
    return Numbers(
        sets=sparse.csr_array((of @ below.toarray() > 0).astype(float)),
        is_known=of @ (cells["source"] != "published").to_numpy() == 0,
        tier=np.asarray(keys["place"].map(dict(zip(PLACES, tiers, strict=True))), dtype=np.int64),
        worth=np.asarray(keys["industry"].map(lambda i: 4.0 if len(i) == 2 else 1.0)),
    )


def _free(sums: np.ndarray, n_parts: int) -> list[dict[int, Fraction]]:
    """Write each part as a sum of amounts that no sum says anything of, in fractions."""
    known: dict[int, dict[int, Fraction]] = {}  # a part that follows from others, by them
    for of in sums:
        left: dict[int, Fraction] = defaultdict(Fraction)
        for part in np.flatnonzero(of).tolist():
            for free, times in known.get(part, {part: Fraction(1)}).items():
                left[free] += times
        left = {free: times for free, times in left.items() if times}
        if left:
            part, scale = left.popitem()
            own = {free: -times / scale for free, times in left.items()}
            for other in known.values():
                share = other.pop(part, Fraction(0))
                for free, times in own.items():
                    other[free] = other.get(free, Fraction(0)) + share * times
            known[part] = own
    return [known.get(part, {part: Fraction(1)}) for part in range(n_parts)]


def _few(estabs: list[float], chosen: tuple[int, ...] = ()) -> Iterator[tuple[int, ...]]:
    """Yield all parts that are fewer than three establishments together."""
    if chosen:
        yield chosen
    room = FEWEST - sum(estabs[part] for part in chosen)
    for part in range(chosen[-1] + 1 if chosen else 0, len(estabs)):
        if estabs[part] < room:
            yield from _few(estabs, (*chosen, part))


def _told(sums: np.ndarray, estabs: list[float]) -> set[tuple[int, ...]]:
    """Find all parts of fewer than three establishments whose sum follows from sums."""
    free, found = _free(sums, len(estabs)), set()
    for parts in _few(estabs):
        total: dict[int, Fraction] = defaultdict(Fraction)
        for part in parts:
            for of, times in free[part].items():
                total[of] += times
        if not any(total.values()):
            found.add(parts)
    return found


tiers_of_places = st.lists(st.integers(0, 2), min_size=len(PLACES), max_size=len(PLACES))


@given(states(), tiers_of_places)
def test_nothing_published_tells_of_one_or_two_establishments(cells, tiers):
    """Not by any adding and subtracting, nor where places are decided on one after the other."""
    numbers, parts = _numbers(cells, tiers), parts_of(cells)[0]
    hidden, alone = withhold(numbers, parts)
    assert not (hidden & numbers.is_known).any(), "what the agency publishes stays"
    assert (alone <= hidden).all()
    sets, estabs = numbers.sets.toarray(), parts.estabs.tolist()
    of_agency = np.vstack([tied.toarray().T for tied in parts.tied])
    published = np.vstack([of_agency, sets[~hidden & ~numbers.is_known]])
    before, found = _told(of_agency, estabs), _told(published, estabs)
    assert found == before
    for n in np.flatnonzero(hidden & ~alone):
        assert _told(np.vstack([published, sets[n : n + 1]]), estabs) > before, "withheld in vain"


@given(states())
def test_the_same_numbers_asked_again_are_told_and_withheld_alike(cells):
    first, parts = _numbers(cells), parts_of(cells)[0]
    hidden = withhold(first, parts).hidden
    twice = Numbers(
        sets=sparse.vstack([first.sets, first.sets]).tocsr(),
        is_known=np.tile(first.is_known, 2),
        tier=np.repeat([0, 1], len(first.tier)),
        worth=np.concatenate([first.worth, 100 * first.worth]),
    )
    assert withhold(twice, parts).hidden.tolist() == [*hidden, *hidden]


@given(states())
def test_what_is_decided_later_changes_nothing_that_was_decided_before(cells):
    numbers, parts = _numbers(cells, (1, 1, 0, 1, 0)), parts_of(cells)[0]
    first = np.flatnonzero((numbers.tier == 0) | numbers.is_known)
    alone = Numbers(
        sets=numbers.sets[first], is_known=numbers.is_known[first], tier=numbers.tier[first],
        worth=numbers.worth[first],
    )  # fmt: skip
    both = withhold(numbers, parts).hidden[first]
    assert both.tolist() == withhold(alone, parts).hidden.tolist()


def test_of_two_that_cannot_both_be_told_the_lesser_is_withheld():
    """A county's 51 of 7 places with 512 of one: 511 would tell it, and its total is worth more."""
    estabs = dict.fromkeys(itertools.product(COUNTIES, LEAVES), 5) | {("08001", "512"): 1}
    cells = _cells(estabs, {(a, i) for a in (*COUNTIES, STATE) for i in INDUSTRIES})
    hidden, _ = withhold(_numbers(cells), parts_of(cells)[0])
    told = dict(zip(itertools.product(PLACES, INDUSTRIES), ~hidden, strict=True))
    assert told["a", "51"] and not told["a", "511"] and not told["a", "512"]
    assert told["ab", "511"] and told["all", "512"] and told["c", "512"]
    assert not told["b", "511"] and not told["b", "512"], "with the two together, the first's"
