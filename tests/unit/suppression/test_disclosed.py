"""What is decided of sets is the same whether it is decided now or was kept."""

from __future__ import annotations

import tempfile
from pathlib import Path

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from lmi.suppression.disclosed import Disclosed

N_PARTS = 6
some_parts = st.sets(st.integers(0, N_PARTS - 1), min_size=1).map(lambda s: tuple(sorted(s)))
some_sets = st.lists(some_parts, max_size=5, unique=True).map(tuple)
some_tiers = st.lists(some_sets, min_size=1, max_size=3).map(tuple)
ESTABS = np.array([1.0, 1, 2, 2, 3, 5])
A = (0,)


@given(some_sets, some_tiers, some_sets)
def test_kept_is_what_is_decided_anew_and_what_is_asked_beside_it_too(published, tiers, beside):
    plain = Disclosed(ESTABS, published)
    found = plain.withheld(tiers).tolist()
    later = plain.withheld((*tiers, beside)).tolist()
    assert later[: len(found)] == found
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        for _ in ("kept", "read back"):
            again = Disclosed(ESTABS, published)
            assert again.withheld(tiers, folder).tolist() == found
            assert again.withheld((*tiers, beside)).tolist() == later
        assert len(list(folder.iterdir())) == 1


def test_other_sums_of_the_agency_are_another_question(tmp_path):
    tiers = (((0, 1, 4), (4, 5)),)
    assert not Disclosed(ESTABS, []).withheld(tiers, tmp_path).any()
    assert Disclosed(ESTABS, [(4,)]).withheld(tiers, tmp_path).tolist() == [True, False]
    assert len(list(tmp_path.iterdir())) == 2


def test_where_nothing_can_be_kept_it_is_decided_all_the_same(tmp_path):
    (tmp_path / "file").write_text("")
    assert Disclosed(ESTABS, []).withheld(((A,),), tmp_path / "file").tolist() == [True]
    assert Disclosed(ESTABS, []).withheld(((),), tmp_path).tolist() == []
