"""Which parts of a store the numbers of a region follow from."""

from __future__ import annotations

import pytest

from lmi.assessment.fingerprint import parts_read
from lmi.config import load_state
from lmi.store import Store
from tests.builders import FAMILY, qcew, take_in, write

OHIO = FAMILY.replace(" 08", " 39")
NATION = "US000 0 10 900 9000 450000000\nUS000 5 10 900 9000 450000000\n"


@pytest.fixture
def parts(tmp_path):
    """The partitions that Colorado is read from, in a store of such cells by year."""

    def read(**cells: str) -> set[str]:
        store = Store(tmp_path / "store")
        for name, text in cells.items():
            year = int(name.rsplit("_", 1)[1])
            take_in(store, write(tmp_path / f"{name}.csv", qcew(text, year=year)))
        return set(parts_read(store, load_state("colorado").regions))

    return read


def test_with_the_nation_other_states_are_not_read(parts):
    assert parts(co_2016=FAMILY, oh_2016=OHIO, us_2016=NATION) == {
        "qcew_annual/state=08/year=2016", "qcew_annual/state=US/year=2016",
    }  # fmt: skip


def test_without_it_their_quotients_are_in_the_states_own_years(parts):
    assert parts(co_2016=FAMILY, oh_2016=OHIO, oh_2020=OHIO, us_2020=NATION) == {
        "qcew_annual/state=08/year=2016", "qcew_annual/state=39/year=2016",
        "qcew_annual/state=US/year=2020",
    }  # fmt: skip
