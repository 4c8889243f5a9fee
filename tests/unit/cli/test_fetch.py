"""The command that fetches: what it says, its exit status, its options."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from rich.console import Console

from lmi.cli import fetch as command
from lmi.fetch.plan import Wanted
from lmi.fetch.registry import Host
from lmi.fetch.run import Outcome
from tests.agency_server import Agencies
from tests.unit.cli.conftest import Lmi
from tests.unit.fetch.conftest import (  # noqa: F401  # fixtures
    JOBS,
    SLICE,
    agencies,
    put_slices,
    request_,
)


@pytest.fixture
def lmi_fetch(lmi: Lmi, request_, tmp_path: Path, monkeypatch) -> Lmi:  # noqa: F811
    """`lmi fetch delaware` with places of its own."""
    monkeypatch.setenv("LMI_REGIONS", str(request_.regions))
    monkeypatch.setenv("LMI_OUTPUTS", str(tmp_path / "outputs"))
    monkeypatch.setenv("LMI_DOWNLOADS", str(tmp_path / "downloads"))
    at_once = Host(parallel=4, per_second=10).model_copy(update={"per_second": 1e6})
    monkeypatch.setattr("lmi.fetch.pace._OTHERS", at_once)
    return lambda *words: lmi("fetch", "delaware", "--what", "qcew", *words)


@pytest.mark.program
def test_it_says_what_came_and_then_what_moved(lmi_fetch: Lmi, agencies: Agencies, root: Path):  # noqa: F811
    put_slices(agencies, 2022, 2023)
    said = lmi_fetch("--years", "2022-2023", "--from", agencies.base)
    assert said.status == 0, said.err
    assert said.out.startswith(f"Delaware: {2 * len(JOBS)} added; ")
    assert said.err.count("fetched   https://data.bls.gov/") == 2 * len(JOBS)
    put_slices(agencies, 2023, a10001=6600, a10003=21_000, a10000=37_000)
    said = lmi_fetch("--years", "2022-2023", "--from", agencies.base)
    assert said.status == 0
    assert "To take the newer ones, run the same with --update." in said.err
    assert "3 with a newer vintage" in said.out
    assert said.err.count("newer    ") == 1, "files that have the same said of them share a line"
    assert "newer     qcew 2023, 3 files, of which the first is https://data.bls.gov/" in said.err
    said = lmi_fetch("--years", "2022-2023", "--from", agencies.base, "--update")
    assert said.status == 0
    assert "South: jobs 2023: 12,250 -> 12,670, +420 (+3.4%)" in said.out
    assert "North & <b>shore</b>: jobs 2023: 14,000 -> 14,700, +700 (+5.0%)" in said.out
    assert "changes.html" in said.out
    page = (root.parent / "outputs" / "delaware" / "changes.html").read_text(encoding="utf-8")
    assert "North &amp; &lt;b&gt;shore&lt;/b&gt;" in page
    assert "<b>" not in page


def test_without_a_network_it_lists_addresses_and_places(lmi_fetch: Lmi, tmp_path: Path):
    said = lmi_fetch("--years", "2022", "--offline")
    assert said.status == 1
    assert "There is no way to the agencies, so 8 files for delaware must be fetched" in said.err
    archive = "https://data.bls.gov/cew/data/files/2022/csv/2022_annual_by_area.zip"
    assert f"take in with `lmi ingest`: {archive}." in said.err
    url = SLICE.format(year=2022, quarter="a", area="10003")
    place = tmp_path / "downloads" / url.removeprefix("https://")
    assert f"{url}  {place}\n" in said.out
    first = SLICE.format(year=2022, quarter="1", area="10000")
    assert "where the agency has none, 2022 Q1, 2022 Q2, 2022 Q3 and 2022 Q4 will do" in said.err
    assert f"{first} put to {tmp_path / 'downloads'}" in said.err


def test_without_a_network_what_is_asked_for_is_listed(lmi_fetch: Lmi):
    """Of quarters their archive, and of what has one file the years before it."""
    asked = "quarters,boundaries,flows,laus,population,projections,consumer_prices,thresholds"
    said = lmi_fetch("--years", "2022", "--offline", "--what", asked)
    files = [line.split("  ")[0] for line in said.out.splitlines() if line.startswith("https://")]
    assert sum("/cew/data/api/2022/" in file for file in files) == 4 * 8
    for part in ("GENZ2022/shp/cb_2022_us_county", "cb_2022_us_state", "de_od_main", "de_od_aux",
                 "md_od_main", "laucnty22", "co-est2022", "ind-occ-matrix",
                 "cu.data.1.AllItems"):  # fmt: skip
        assert sum(part in file for file in files) == 1, part
    assert "files/2022/csv/2022_qtrly_by_area.zip." in said.err
    assert "annual_by_area" not in said.err
    assert "co-est2022-alldata.csv: where the agency has none, 2021, 2020, 2019" in said.err
    assert "poverty guidelines up to" in said.err


def test_a_dry_run_asks_nobody(lmi_fetch: Lmi, tmp_path: Path):
    said = lmi_fetch("--years", "2022", "--dry-run")
    assert said.status == 0
    assert f"           ?  {SLICE.format(year=2022, quarter='a', area='US000')}\n" in said.out
    assert "8 files for delaware; 0 bytes in the 0 whose size is known." in said.err
    assert not (tmp_path / "downloads").exists()


def test_a_file_that_fails_is_named_and_the_exit_status_says_so(
    lmi_fetch: Lmi,
    agencies: Agencies,  # noqa: F811
):
    put_slices(agencies, 2022)
    url = SLICE.format(year=2022, quarter="a", area="10003")
    agencies.put(url, "<html>closed</html>")
    said = lmi_fetch("--years", "2022", "--from", agencies.base)
    assert said.status == 1
    assert "failed    " in said.err
    assert "10003.csv: it is a web page where a CSV table was expected" in said.err
    assert "7 added, 1 failed" in said.out


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["--what", "weather"], "There is no source 'weather'"),
        (["--years", "soon"], "The years are 'soon'"),
        (["--from", "/no/such/folder"], "There is no folder /no/such/folder"),
        (["--from", "docs"], "The folder docs has no files of an agency, which lie in it by"),
        (["--from", "/tmp", "--offline"], "--offline asks nobody and --from names somebody"),
    ],
)
def test_a_mistake_is_one_sentence(lmi_fetch: Lmi, words: list[str], sentence: str):
    said = lmi_fetch(*words)
    assert said.status == 1
    assert sentence in said.err
    assert said.err.count("\n") == 1


def test_the_sample_needs_no_fetching(lmi: Lmi):
    said = lmi("fetch", "sample")
    assert said.status == 1
    assert "is fictional" in said.err


def test_thresholds_come_along(lmi: Lmi):
    said = lmi("fetch", "colorado", "--what", "thresholds", "--dry-run")
    assert said.status == 0
    assert "the federal poverty guidelines up to 20" in said.err


def test_on_a_terminal_there_is_a_bar_of_each_file_and_of_all(monkeypatch):
    console = Console(file=io.StringIO(), force_terminal=True, width=120)
    monkeypatch.setattr(command, "said", console)
    url = SLICE.format(year=2022, quarter="a", area="10003")
    wanted = Wanted("qcew", url, 2022)
    with command._Bar() as bar:
        bar.planned(2)
        bar.began(url)
        bar.came(url, 500, 1000)
        bar._bar.refresh()
        bar.done(Outcome(wanted, "added", size=1000))
        bar._bar.refresh()
    shown = console.file.getvalue()
    assert "10003.csv" in shown
    assert "500 bytes of 1.0 kB" in shown
    assert "1/2 files, 1.0 kB" in shown
    assert "fetched" in shown
