"""A small state with a server that plays the agencies, and a clock that no test waits for."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from lmi.fetch.fetch_state import Fetched, Request, fetch_state
from lmi.fetch.web import Web
from tests.agency_server import Agencies, serving
from tests.builders import qcew

TODAY = date(2024, 12, 1)
COUNTIES = ("10001", "10003", "10005")
STATE = """
state: Delaware
state_fips: "10"
title: Test regions <of two>
source: {name: A test}
regions:
  north: {name: "North & <b>shore</b>", counties: ["10003"]}
  south: {name: South, counties: ["10001", "10005", "24011"]}
"""
SLICE = "https://data.bls.gov/cew/data/api/{year}/{quarter}/area/{area}.csv"
SECTORS = {"23": 10, "31-33": 14, "62": 30, "72": 16}


class Clock:
    """Seconds that pass when somebody sleeps, and `each` at every look."""

    def __init__(self) -> None:
        self.now, self.each = 1000.0, 0.0
        self.slept: list[float] = []

    def __call__(self) -> float:
        self.now += self.each
        return self.now

    def sleep(self, seconds: float) -> None:
        self.slept.append(round(seconds, 3))
        self.now += seconds


def cells(area: str, jobs: int, more: int = 0) -> str:
    """An area's total, its private total and its private sectors, with a few more dollars."""
    private = {code: jobs * share // 100 for code, share in SECTORS.items()}
    total = sum(private.values())
    rows = [f"{area} 0 10 {total // 10} {total} {total * 50_000 + more}"]
    rows.append(f"{area} 5 10 {total // 10} {total} {total * 50_000}")
    rows += [f"{area} 5 {c} {n // 10} {n} {n * 50_000}" for c, n in private.items()]
    return "\n".join(rows)


JOBS = {"10001": 6000, "10003": 20_000, "10005": 9000, "10999": 400, "24011": 2500,
        "10000": 35_400, "24000": 200_000, "US000": 9_000_000}  # fmt: skip


@pytest.fixture
def agencies() -> Iterator[Agencies]:
    """A server that has nothing yet."""
    found = Agencies()
    with serving(found):
        yield found


@pytest.fixture
def clock() -> Clock:
    """A clock that no test waits for."""
    return Clock()


@pytest.fixture
def web(agencies: Agencies, clock: Clock) -> Web:
    """The way to that server."""
    return Web(agencies.base, clock=clock, sleep=clock.sleep)


def put_slices(agencies: Agencies, *years: int, quarter: str = "a", **jobs: int) -> None:
    """Put a year's slices of the small state; `jobs` changes those of an area, as ``a10001``."""
    for year in years:
        for area, n in JOBS.items():
            # No two quarters or years have the same wages, and what a year says of the one before
            # it is not there, for each year has the same jobs.
            given = cells(area, jobs.get(f"a{area}", n), more=ord(quarter) + year)
            layout = "trimmed" if quarter == "a" else "slice"
            text = qcew(given, year, quarter.upper(), layout=layout)
            agencies.put(SLICE.format(year=year, quarter=quarter, area=area), text)


@pytest.fixture
def request_(tmp_path: Path) -> Request:
    """What is asked for: the slices of two years, of the small state."""
    folder = tmp_path / "regions" / "delaware"
    folder.mkdir(parents=True)
    (folder / "state.yml").write_text(STATE, encoding="utf-8")
    shipped = Path(__file__).parents[3] / "regions"
    for name in ("sectors.yml", "criteria.yml"):
        (folder.parent / name).write_bytes((shipped / name).read_bytes())
    return Request(
        what=("qcew",), years=(2022, 2023), today=TODAY,
        store=tmp_path / "store", regions=folder.parent, outputs=tmp_path / "outputs",
        downloads=tmp_path / "downloads",
    )  # fmt: skip


def fetch(request: Request, web: Web | None, **changed: object) -> Fetched:
    """Fetch the small state."""
    return fetch_state("delaware", replace(request, **changed), web)  # type: ignore[arg-type]
