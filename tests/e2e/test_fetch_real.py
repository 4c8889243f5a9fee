"""Two states from a server that plays the agencies over the real files, and their profiles."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from lmi.batch import Order, Places, batch_state
from lmi.config import load_state
from lmi.fetch.fetch_state import Fetched, Request, fetch_state
from lmi.fetch.pace import HostPace
from lmi.fetch.registry import Host
from lmi.fetch.web import Web
from lmi.store import Store
from tests import agency_mirror
from tests.agency_server import Agencies, Fault, serving
from tests.conftest import ROOT, made_once

pytestmark = pytest.mark.slow
SLICE = "https://data.bls.gov/cew/data/api/2016/{quarter}/area/{area}.csv"


@pytest.fixture(scope="module")
def agencies(shared_data: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Agencies]:
    """The shared files, host by host, with a handful of failures on the way."""
    found = Agencies()
    found.folder = made_once(
        "mirror", lambda mirror: agency_mirror.build(shared_data, mirror), tmp_path_factory
    )
    found.once(SLICE.format(quarter=1, area="08031"), Fault(cut=200_000), Fault(503))
    found.once(SLICE.format(quarter=2, area="08001"), Fault(429, {"Retry-After": "2"}))
    with serving(found):
        yield found


@pytest.fixture(scope="module")
def request_(tmp_path_factory: pytest.TempPathFactory) -> Request:
    """The year 2016 of states whose definitions are copied, so that locks are written elsewhere."""
    home = tmp_path_factory.mktemp("fetch")
    for slug in ("colorado", "hawaii"):
        source = ROOT / "regions" / slug / "state.yml"
        (home / "regions" / slug).mkdir(parents=True)
        (home / "regions" / slug / "state.yml").write_bytes(source.read_bytes())
    for name in ("sectors.yml", "criteria.yml"):
        (home / "regions" / name).write_bytes((ROOT / "regions" / name).read_bytes())
    return Request(
        what=("qcew", "boundaries"), years=(2016,), today=date(2024, 12, 1),
        store=home / "store", regions=home / "regions", outputs=home / "outputs",
        downloads=home / "downloads",
    )  # fmt: skip


def get(slug: str, request: Request, agencies: Agencies) -> Fetched:
    with pytest.MonkeyPatch.context() as patch:
        at_once = Host(parallel=4, per_second=10).model_copy(update={"per_second": 1e6})
        patch.setattr(HostPace, "of", staticmethod(lambda host: at_once))
        return fetch_state(slug, request, Web(agencies.base, sleep=lambda seconds: None))


@pytest.fixture(scope="module")
def colorado(request_: Request, agencies: Agencies) -> Fetched:
    return get("colorado", request_, agencies)


@pytest.fixture(scope="module")
def hawaii(request_: Request, agencies: Agencies, colorado: Fetched) -> Fetched:
    return get("hawaii", request_, agencies)


def counts(fetched: Fetched) -> Counter[str]:
    return Counter(o.status for o in fetched.outcomes)


def test_colorado_comes_whole(colorado: Fetched, request_: Request, agencies: Agencies):
    assert colorado.is_whole
    assert counts(colorado) == {"added": 4 * 67 + 2, "absent": 2}
    remarks = [o.note for o in colorado.outcomes if o.status == "absent"]
    assert remarks[0].endswith("of its 67 files: 2016 Q1, 2016 Q2, 2016 Q3 and 2016 Q4")
    assert remarks[1].endswith("of its 2 files: 2023"), "there is no map of 2016"
    assert "range" in agencies.asked(SLICE.format(quarter=1, area="08031"))[-1]
    rows = Store(request_.store).qcew("quarterly", states=["08"], years=[2016])
    assert len(rows) == 228_952
    total = rows[(rows["area_fips"] == "08000") & (rows["own_code"] == "0") & (rows["qtr"] == "1")]
    assert total["month1_emplvl"].item() == 2_493_436


def test_hawaii_shares_the_nation_with_it(hawaii: Fetched):
    assert hawaii.is_whole
    assert counts(hawaii) == {"added": 24, "unchanged": 6, "absent": 2}


def test_a_profile_is_made_of_what_was_fetched(hawaii: Fetched, request_: Request):
    order = Order(only=["kauai"], formats=("html",))
    places = Places(request_.store, request_.regions, request_.outputs)
    made = batch_state("hawaii", order, places, jobs=1)
    assert [r.status for r in made.results] == ["made"]
    assert (request_.outputs / "hawaii" / "kauai" / "profile.html").stat().st_size > 100_000


def test_a_year_without_the_nation_says_so_and_the_newer_year_is_told(
    hawaii: Fetched, request_: Request, agencies: Agencies
):
    again = get("hawaii", replace(request_, years=(2016, 2017)), agencies)
    failed = [o.note for o in again.outcomes if o.status == "failed"]
    assert failed == [
        "https://data.bls.gov/cew/data/api/2017/a/area/US000.csv: the agency has no such file"
    ]
    found = again.changes
    assert found is not None
    assert (found.year_before, found.year) == (2016, 2017)
    jobs = {m.region: (round(m.before), round(m.after)) for m in found.newest
            if m.figure == "annual_avg_emplvl"}  # fmt: skip
    assert jobs["honolulu"] == (471_586, 473_447)
    assert set(jobs) == {r.key for r in load_state("hawaii").regions}
    assert again.page is not None
    assert "473,447" in again.page.read_text(encoding="utf-8")
