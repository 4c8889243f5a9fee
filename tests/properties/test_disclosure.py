"""No published numbers, whatever the hierarchy, tell of one or two establishments."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence

import numpy as np
import pandas as pd
from hypothesis import given
from hypothesis import strategies as st
from scipy import sparse

from lmi.suppression.disclosure import FEWEST, Numbers, Parts, parts_of, withhold

TREE = {"10": ("51", "52"), "51": ("511", "512"), "52": ("522", "523")}
LEAVES = (*TREE["51"], *TREE["52"])
INDUSTRIES = ("10", *TREE["10"], *LEAVES)
COUNTIES, STATE = ("08001", "08003", "08005"), "08000"
PLACES = {"a": COUNTIES[:1], "b": COUNTIES[1:2], "ab": COUNTIES[:2], "c": COUNTIES[2:],
          "all": (STATE,)}  # fmt: skip
LEVEL = {"51": "4", "52": "4"}


def _cells(estabs: dict[tuple[str, str], int], hidden: set[tuple[str, str]]) -> pd.DataFrame:
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
    estabs = {(a, i): draw(st.integers(1, 6)) for a in COUNTIES for i in LEAVES}
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
    place, industry = (keys.groupby(c).ngroup().to_numpy() for c in keys)
    return Numbers(
        sets=sparse.csr_array((of @ below.toarray() > 0).astype(float)),
        is_known=of @ (cells["source"] != "published").to_numpy() == 0,
        tier=np.asarray(keys["place"].map(dict(zip(PLACES, tiers, strict=True))), dtype=np.int64),
        worth=np.asarray(keys["industry"].map(lambda i: 4.0 if len(i) == 2 else 1.0)),
        families=((place, np.zeros_like(place)), (industry, np.zeros_like(place))),
    )


def _untold(parts: Parts, of: np.ndarray) -> float:
    """Establishments of a set of parts, but for those in sums that the agency publishes."""
    counts = []
    for tie in parts.ties:
        whole = {t for t in tie[of] if t >= 0 and of[tie == t].all()}
        counts.append(parts.estabs[of & ~np.isin(tie, list(whole))].sum())
    return min(counts)


def _follows(sums: np.ndarray, of: np.ndarray) -> bool:
    """Whether a set of parts follows from sums by any adding and subtracting."""
    found, *_ = np.linalg.lstsq(sums.T.astype(float), of.astype(float), rcond=None)
    return bool(np.abs(sums.T @ found - of).max() < 1e-6)


def _left_of(shown: np.ndarray, by: np.ndarray, sets: np.ndarray) -> Iterator[np.ndarray]:
    """Yield what the others of its kind leave of each number."""
    for whole in shown:
        mates = [n for n in shown if by[n] == by[whole]
                 and (sets[n] <= sets[whole]).all() and (sets[n] < sets[whole]).any()]  # fmt: skip
        yield sets[whole] & ~sets[mates].any(axis=0)


@given(states(), st.lists(st.integers(0, 2), min_size=len(PLACES), max_size=len(PLACES)))
def test_nothing_published_tells_of_one_or_two_establishments(cells, tiers):
    """Nor where places are decided on one after the other, as counties after their regions."""
    numbers, parts = _numbers(cells, tiers), parts_of(cells)[0]
    hidden, alone = withhold(numbers, parts)
    assert not (hidden & numbers.is_known).any(), "what the agency publishes stays"
    assert (alone <= hidden).all()
    sets, shown = numbers.sets.toarray().astype(bool), np.flatnonzero(~hidden)
    of_agency = np.vstack([tied.toarray().T > 0 for tied in parts.tied])
    told = [sets[n] for n in shown if not numbers.is_known[n]]
    pairs = (
        one & ~other
        for one, other in itertools.permutations([*sets[shown], *of_agency], 2)
        if (other <= one).all() and any((one == n).all() or (other == n).all() for n in told)
    )
    families = (x for scope, _ in numbers.families for x in _left_of(shown, scope, sets))
    for found in itertools.chain(told, pairs, families):
        if 0 < _untold(parts, found) < FEWEST:
            assert _follows(of_agency, found), found


@given(states())
def test_the_same_numbers_asked_again_are_told_and_withheld_alike(cells):
    first, parts = _numbers(cells), parts_of(cells)[0]
    hidden = withhold(first, parts).hidden
    twice = Numbers(
        sets=sparse.vstack([first.sets, first.sets]).tocsr(),
        is_known=np.tile(first.is_known, 2),
        tier=np.repeat([0, 1], len(first.tier)),
        worth=np.concatenate([first.worth, 100 * first.worth]),
        families=tuple(tuple(np.tile(by, 2) for by in family) for family in first.families),
    )
    assert withhold(twice, parts).hidden.tolist() == [*hidden, *hidden]


@given(states())
def test_what_is_decided_later_changes_nothing_that_was_decided_before(cells):
    numbers, parts = _numbers(cells, (1, 1, 0, 1, 0)), parts_of(cells)[0]
    first = np.flatnonzero((numbers.tier == 0) | numbers.is_known)
    alone = Numbers(
        sets=numbers.sets[first], is_known=numbers.is_known[first], tier=numbers.tier[first],
        worth=numbers.worth[first],
        families=tuple((a[first], b[first]) for a, b in numbers.families),
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
    assert told["b", "511"] and told["c", "512"]
