"""Footprints that are tried tell nothing that the published regions and counties do not tell."""

from __future__ import annotations

import numpy as np
import pandas as pd
from hypothesis import given
from hypothesis import strategies as st

from lmi.analysis.places import REGION
from lmi.analysis.sums import WIDTH
from lmi.analysis.tried import OF, Grounds, MadeOf, withheld_of_tried

COUNTIES = tuple(f"0800{n}" for n in range(1, 7))
NUMBER = dict.fromkeys(OF, "") | {"candidate": "care"}
some = st.sets(st.sampled_from(COUNTIES), min_size=2).map(lambda held: " ".join(sorted(held)))


def grounds(published: set[str], tried: set[str]) -> Grounds:
    keys = [*sorted(published), *sorted(tried - published), *COUNTIES]
    where = pd.DataFrame({"place": REGION, "region": [f"r{n}" for n, _ in enumerate(keys)],
                          "ground": keys})  # fmt: skip
    return Grounds(where, tuple(sorted(published)), tuple(sorted(tried - published)), COUNTIES)


def withheld(those: dict[str, float]) -> pd.DataFrame:
    rows = [{"place": REGION, "ground": g, **NUMBER, WIDTH: width} for g, width in those.items()]
    return pd.DataFrame(rows, columns=["place", "ground", *OF, WIDTH])


def vector(ground: str) -> list[float]:
    return [float(county in ground.split()) for county in COUNTIES]


@given(st.sets(some, min_size=1, max_size=3), st.sets(some, min_size=1, max_size=8), st.data())
def test_all_that_is_told_of_them_can_be_reckoned_from_what_is_published(published, tried, data):
    found = grounds(published, tried)
    atoms = [*found.published, *COUNTIES]
    hidden = data.draw(st.sets(st.sampled_from(atoms)))
    unsaid = withheld_of_tried(found, withheld(dict.fromkeys(hidden, 5.0)))
    told = [vector(ground) for ground in atoms if ground not in hidden]
    more = [vector(ground) for ground in found.tried if ground not in set(unsaid["ground"])]
    rank = np.linalg.matrix_rank
    assert rank(np.array([*told, *more, [0.0] * 6])) == rank(np.array([*told, [0.0] * 6]))
    assert (unsaid[WIDTH] > 0).all()


def test_a_footprint_is_told_where_the_counties_that_differ_are_told():
    region = "08001 08002"
    found = grounds({region}, {"08001 08002 08003", "08001 08002 08004"})
    unsaid = withheld_of_tried(found, withheld({"08003": 40.0}))
    assert unsaid[["ground", WIDTH]].to_numpy().tolist() == [["08001 08002 08003", 40.0]]


def test_a_footprint_without_its_region_is_told_where_each_of_its_counties_is():
    found = grounds({"08001 08002 08003"}, {"08001 08002"})
    unsaid = withheld_of_tried(found, withheld({"08001 08002 08003": 9.0, "08003": 9.0}))
    assert unsaid.empty


def test_the_range_of_one_is_made_of_the_nearest_region_and_the_counties_that_differ():
    found = grounds({"08001 08002", "08005 08006"}, {"08001 08003"})
    of = dict(zip(found.where["ground"], found.where["region"], strict=True))
    made = found.made_of(set(found.where["region"]))
    assert made == {of["08001 08003"]: MadeOf(of["08001 08002"], (of["08003"],), (of["08002"],))}
