"""A state's files from a server that plays the agencies: what came, what failed, what changed."""

from __future__ import annotations

import gzip
import shutil
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import filelock
import pytest

from lmi.analysis.projected_rates import read_rates
from lmi.errors import FetchError
from lmi.fetch.fetch_state import Request, fetch_state, planned_files
from lmi.fetch.lock import read_lock
from lmi.fetch.mirror import Folder
from lmi.fetch.run import Outcome
from lmi.fetch.watch import Watch
from lmi.fetch.web import Web
from lmi.store import Store
from tests.agency_server import Agencies, Fault
from tests.builders import contents, is_one_sentence, qcew, write, write_zip
from tests.unit.fetch.conftest import JOBS, SLICE, Clock, cells, fetch, put_slices
from tests.unit.sources.test_national_matrix import workbook

pytestmark = pytest.mark.slow  # together, ten seconds


COUNTY = SLICE.format(year=2022, quarter="a", area="10001")


def by_status(fetched) -> Counter:
    return Counter(o.status for o in fetched.outcomes)


def notes(fetched, status: str) -> list[str]:
    found = [o.note for o in fetched.outcomes if o.status == status]
    assert all(map(is_one_sentence, found)), found
    return found


def test_a_state_is_fetched_taken_in_and_locked(request_: Request, web: Web, agencies: Agencies):
    put_slices(agencies, 2022, 2023)
    fetched = fetch(request_, web)
    assert fetched.is_whole
    assert by_status(fetched) == {"added": 2 * len(JOBS)}
    assert Counter(r.status for r in fetched.taken_in) == {"added": 2 * len(JOBS)}
    store = Store(request_.store)
    assert set(store.periods("annual")["area_fips"]) == set(JOBS)
    assert set(store.catalogue()["vintage"]) == {"revised"}, "put there after the next September"
    lock = read_lock(fetched.state.folder)
    assert len(lock) == 2 * len(JOBS)
    assert {e.release for e in lock.values()} == {"2022, revised", "2023, revised"}
    assert fetched.changes is None, "there was nothing before"


def test_again_changes_nothing_and_asks_with_what_is_known(
    request_: Request, web: Web, agencies: Agencies
):
    put_slices(agencies, 2022, 2023)
    first = fetch(request_, web)
    lock = (first.state.folder / "data.lock").read_bytes()
    before = contents(Store(request_.store))
    agencies.requests.clear()
    again = fetch(request_, web)
    assert by_status(again) == {"unchanged": 2 * len(JOBS)}
    assert all("if-none-match" in headers for _, headers in agencies.requests)
    assert contents(Store(request_.store)) == before
    assert (again.state.folder / "data.lock").read_bytes() == lock


def test_a_year_that_has_no_annual_file_comes_as_quarters(
    request_: Request, web: Web, agencies: Agencies
):
    put_slices(agencies, 2023)
    for quarter in "1234":
        put_slices(agencies, 2022, quarter=quarter)
    fetched = fetch(request_, web, years=(2022, 2023))
    assert fetched.is_whole
    assert by_status(fetched) == {"added": 5 * len(JOBS), "absent": 1}
    assert notes(fetched, "absent")[0].endswith(
        "no such file; taken in the place of its 8 files: 2022 Q1, 2022 Q2, 2022 Q3 and 2022 Q4"
    )
    asked = Counter(path for path, _ in agencies.requests if "/2022/a/" in path)
    assert len(asked) == 1, "the state tells that there is none"


def test_a_year_that_there_is_nothing_of_is_a_remark(
    request_: Request, web: Web, agencies: Agencies
):
    put_slices(agencies, 2023)
    fetched = fetch(request_, web)
    assert fetched.is_whole
    assert by_status(fetched) == {"added": len(JOBS), "absent": 1}
    assert notes(fetched, "absent")[0].endswith(
        "/2022/a/area/10000.csv: the agency has no such file, nor any that would do as well"
    )


@pytest.mark.parametrize(
    ("day", "vintage"),
    [
        ("Thu, 06 Jun 2024 09:00:00 GMT", "preliminary"),
        ("Tue, 27 Aug 2024 09:00:00 GMT", "revised"),
    ],
)
def test_final_figures_are_put_there_some_days_before_their_release(
    day: str,
    vintage: str,
    request_: Request,
    web: Web,
    agencies: Agencies,
    monkeypatch: pytest.MonkeyPatch,
):
    monkeypatch.setattr("tests.agency_server.PUT_THERE", day)
    put_slices(agencies, 2023)
    fetched = fetch(request_, web, years=(2023,))
    assert {o.vintage for o in fetched.outcomes} == {vintage}


def test_a_county_that_there_must_be_fails_and_the_others_are_taken_in(
    request_: Request, web: Web, agencies: Agencies
):
    put_slices(agencies, 2022, 2023)
    del agencies.files[COUNTY.removeprefix("https://")]
    del agencies.files[COUNTY.removeprefix("https://").replace("10001", "10999")]
    fetched = fetch(request_, web)
    assert not fetched.is_whole
    assert notes(fetched, "failed") == [f"{COUNTY}: the agency has no such file"]
    assert "nothing was counted outside its counties" in notes(fetched, "absent")[0]
    assert by_status(fetched)["added"] == 2 * len(JOBS) - 2
    assert COUNTY not in read_lock(fetched.state.folder)


def test_each_bad_file_fails_alone_and_is_named(request_: Request, web: Web, agencies: Agencies):
    put_slices(agencies, 2022, 2023)
    bad = {a: SLICE.format(year=2022, quarter="a", area=a) for a in ("10001", "10003", "10005")}
    agencies.always(bad["10001"], Fault(body=b"<!DOCTYPE html><html>Site maintenance</html>"))
    agencies.always(bad["10003"], Fault(body=b"a,b,c\n1,2,3\n"))
    agencies.always(bad["10005"], Fault(302, {"Location": "https://evil.example/10005.csv"}))
    text = agencies.files[COUNTY.removeprefix("https://").replace("10001", "24011")].decode()
    agencies.put(COUNTY.replace("10001", "24011"), text.replace(",23,", ",2x,"))
    fetched = fetch(request_, web)
    assert not fetched.is_whole
    html, columns, elsewhere = notes(fetched, "failed")
    assert "10001.csv: it is a web page where a CSV table was expected" in html
    assert "10003.csv: its header lacks 'area_fips'" in columns
    assert "points to another place" in elsewhere
    refused = [r for r in fetched.taken_in if r.status == "failed"]
    assert [r.path.name for r in refused] == ["24011.csv"], "the store looks closer"
    lock = read_lock(fetched.state.folder)
    assert len(lock) == 2 * len(JOBS) - 4
    assert not list(request_.downloads.rglob("*.part"))


def test_a_host_that_refuses_is_left_alone(request_: Request, agencies: Agencies, clock: Clock):
    put_slices(agencies, 2021, 2022, 2023)
    for area in JOBS:
        for year in (2021, 2022, 2023):
            agencies.always(SLICE.format(year=year, quarter="a", area=area), Fault(403))
    way = Web(agencies.base, clock=clock, sleep=clock.sleep)
    fetched = fetch(request_, way, years=(2021, 2022, 2023))
    assert by_status(fetched) == {"failed": 3 * len(JOBS)}
    assert len(agencies.requests) == 3
    assert "not asked for, since data.bls.gov refuses" in notes(fetched, "failed")[-1]


def revise(agencies: Agencies) -> None:
    put_slices(agencies, 2023, a10001=6600, a10000=36_000)


def test_what_changed_is_said_and_the_locked_bytes_are_used(
    request_: Request, web: Web, agencies: Agencies
):
    put_slices(agencies, 2022, 2023)
    first = fetch(request_, web)
    before, lock = contents(Store(request_.store)), read_lock(first.state.folder)
    revise(agencies)
    again = fetch(request_, web)
    assert again.is_whole
    assert by_status(again) == {"unchanged": 2 * len(JOBS) - 2, "newer": 2}
    assert all("a newer vintage than that of 2024-12-01" in n for n in notes(again, "newer"))
    assert contents(Store(request_.store)) == before
    assert read_lock(again.state.folder) == lock


def test_update_takes_the_newer_keeps_the_older_and_says_what_moved(
    request_: Request, web: Web, agencies: Agencies
):
    put_slices(agencies, 2022, 2023)
    fetch(request_, web)
    revise(agencies)
    again = fetch(request_, web, update=True)
    assert by_status(again) == {"unchanged": 2 * len(JOBS) - 2, "revised": 2}
    folder = request_.downloads / "data.bls.gov/cew/data/api/2023/a/area"
    assert len([p for p in folder.glob("10001.*") if p.is_file()]) == 2, "both vintages are kept"
    found = again.changes
    assert found is not None
    south = [m for m in found.revised if m.region == "south"]
    assert (south[0].figure, south[0].before, south[0].after) == (
        "annual_avg_emplvl", 12_250.0, 12_670.0,
    )  # fmt: skip
    assert {m.region for m in found.revised} == {"south"}
    assert again.page == request_.outputs / "delaware" / "changes.html"
    page = again.page.read_text(encoding="utf-8")
    assert "<h1>Delaware</h1>" in page
    assert "12,250" in page
    assert "Test regions &lt;of two&gt;" in page
    # and the next one finds nothing to say
    assert by_status(fetch(request_, web)) == {"unchanged": 2 * len(JOBS)}


def test_a_colleague_gets_the_very_bytes_or_is_told(
    request_: Request, web: Web, agencies: Agencies, tmp_path: Path
):
    put_slices(agencies, 2022, 2023)
    fetch(request_, web)
    lock = (request_.regions / "delaware" / "data.lock").read_bytes()
    theirs = replace(request_, store=tmp_path / "store2", downloads=tmp_path / "downloads2")
    assert fetch(theirs, web).is_whole
    assert (request_.regions / "delaware" / "data.lock").read_bytes() == lock
    revise(agencies)
    third = replace(request_, store=tmp_path / "store3", downloads=tmp_path / "downloads3")
    fetched = fetch(third, web)
    assert not fetched.is_whole
    assert by_status(fetched) == {"added": 2 * len(JOBS) - 2, "differs": 2}
    assert all("no longer the bytes of 2024-12-01 that the lock names" in n
               for n in notes(fetched, "differs"))  # fmt: skip
    assert (request_.regions / "delaware" / "data.lock").read_bytes() == lock


def test_locked_fetches_what_the_lock_names_and_nothing_else(
    request_: Request, web: Web, agencies: Agencies, tmp_path: Path
):
    put_slices(agencies, 2022, 2023)
    fetch(request_, web, years=(2022,))
    theirs = replace(request_, years=(), store=tmp_path / "s", downloads=tmp_path / "d")
    fetched = fetch(theirs, web, locked=True)
    assert {o.wanted.year for o in fetched.outcomes} == {2022}
    assert by_status(fetched) == {"added": len(JOBS)}


def test_a_folder_serves_as_well(request_: Request, web: Web, agencies: Agencies, tmp_path: Path):
    put_slices(agencies, 2022, 2023)
    fetch(request_, web)
    stick = tmp_path / "stick"
    shutil.copytree(request_.downloads, stick)
    theirs = replace(request_, store=tmp_path / "s", downloads=tmp_path / "d")
    fetched = fetch(theirs, None)
    assert by_status(fetched) == {"missing": 2 * len(JOBS)}
    again = fetch(theirs, Folder(stick))  # type: ignore[arg-type]
    assert by_status(again) == {"added": 2 * len(JOBS)}
    assert again.is_whole


def test_files_that_people_downloaded_are_known_by_their_rows_and_names(
    request_: Request, agencies: Agencies, tmp_path: Path
):
    """Slices of all years have the same names, so that a browser counts them."""
    put_slices(agencies, 2022, 2023)
    stick = tmp_path / "stick"
    for n, (key, content) in enumerate(sorted(agencies.files.items())):
        folder = stick / ("more" if n % 2 else "a folder")
        folder.mkdir(parents=True, exist_ok=True)
        area = Path(key).stem
        name = f"{area} ({n}).CSV" if n % 3 else f"{n} of {area}.csv"
        (folder / name).write_bytes(content)
    fetched = fetch(request_, Folder(stick))  # type: ignore[arg-type]
    assert by_status(fetched) == {"added": 2 * len(JOBS)}
    assert fetched.is_whole


def test_what_a_folder_lacks_is_named_and_the_rest_is_taken_in(
    request_: Request, agencies: Agencies, tmp_path: Path
):
    put_slices(agencies, 2022, 2023)
    for key, content in agencies.files.items():
        if "/2022/" not in key or Path(key).stem in ("10001", "US000"):
            write(tmp_path / "stick" / key, content)
    fetched = fetch(request_, Folder(tmp_path / "stick"))  # type: ignore[arg-type]
    # What no county holds may not be there at all.
    assert by_status(fetched) == {"added": len(JOBS) + 2, "failed": len(JOBS) - 3, "absent": 1}
    assert not fetched.is_whole
    state = next(note for note in notes(fetched, "failed") if "10000.csv" in note)
    assert state.endswith("10000.csv: it is not there, though others of 2022 are")


def test_two_files_that_may_be_one_are_named(request_: Request, agencies: Agencies, tmp_path: Path):
    put_slices(agencies, 2022)
    for key, content in agencies.files.items():
        write(tmp_path / "stick" / Path(key).name, content)
    own = tmp_path / "stick" / "10001.csv"
    write(own.with_name("10001 (1).csv"), own.read_bytes() + b"\n")
    write(own.with_name("10003 (1).csv"), own.with_name("10003.csv").read_bytes())
    fetched = fetch(request_, Folder(own.parent), years=(2022,))  # type: ignore[arg-type]
    [note] = notes(fetched, "failed")
    assert note.endswith("10001 (1).csv and 10001.csv may be it; leave the one that is.")


def test_a_folder_of_other_files_is_not_enough(
    request_: Request, agencies: Agencies, tmp_path: Path
):
    """Nothing of the year is there: the agency may have it, and something is packed."""
    put_slices(agencies, 2021)
    for n, (key, content) in enumerate(agencies.files.items()):
        write(tmp_path / "stick" / f"{Path(key).stem}{('.txt', '')[n % 2]}", content)
    write_zip(tmp_path / "stick" / "more.zip", {"10001.csv": "x"})
    origin = Folder(tmp_path / "stick")
    fetched = fetch(request_, origin, years=(2023,))  # type: ignore[arg-type]
    assert by_status(fetched) == {"absent": 1}
    assert not fetched.is_whole
    assert origin.remark == "unpack more.zip, or take that in with `lmi ingest`"
    there = fetch(request_, origin, years=(2021,))  # type: ignore[arg-type]
    assert by_status(there) == {"added": len(JOBS)}
    (tmp_path / "packed").mkdir()
    write_zip(tmp_path / "packed" / "more.zip", {"10001.csv": "x"})
    with pytest.raises(FetchError, match=r"or unpack more\.zip, or take that in with `lmi ingest`"):
        Folder(tmp_path / "packed")


def test_offline_uses_what_is_kept_and_names_what_is_not(
    request_: Request, web: Web, agencies: Agencies
):
    put_slices(agencies, 2023)
    fetch(request_, web, years=(2023,))
    agencies.requests.clear()
    fetched = fetch(request_, None)
    assert not agencies.requests
    assert by_status(fetched) == {"unchanged": len(JOBS), "missing": len(JOBS)}
    assert {o.wanted.year for o in fetched.missing} == {2022}


def test_a_file_put_there_by_hand_counts(request_: Request, agencies: Agencies):
    put_slices(agencies, 2022, 2023)
    for key, content in agencies.files.items():
        path = request_.downloads / key
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    fetched = fetch(request_, None)
    assert fetched.is_whole
    assert len(read_lock(fetched.state.folder)) == 2 * len(JOBS)


def test_no_way_to_the_agencies_is_asked_once_and_falls_back(
    request_: Request, web: Web, agencies: Agencies, clock: Clock
):
    put_slices(agencies, 2022, 2023)
    fetch(request_, web)
    nobody = Web("http://127.0.0.1:9", clock=clock, sleep=clock.sleep)
    fetched = fetch(request_, nobody)
    assert by_status(fetched) == {"unchanged": 2 * len(JOBS)}


@pytest.mark.parametrize("base", [None, "http://127.0.0.1:9"])
def test_quarters_that_are_kept_stand_in_for_the_year_without_a_network(
    request_: Request, web: Web, agencies: Agencies, clock: Clock, base: str | None
):
    for quarter in "1234":
        put_slices(agencies, 2022, quarter=quarter)
    assert fetch(request_, web, years=(2022,)).is_whole
    nobody = Web(base, clock=clock, sleep=clock.sleep) if base else None
    fetched = fetch(request_, nobody, years=(2022,))
    assert fetched.is_whole
    assert by_status(fetched) == {"unchanged": 4 * len(JOBS)}


def test_a_dry_run_lists_files_with_the_sizes_that_are_known(
    request_: Request, web: Web, agencies: Agencies
):
    put_slices(agencies, 2022)
    fetch(request_, web, years=(2022,))
    files = planned_files("delaware", request_)
    assert len(files) == 2 * len(JOBS)
    known = [w.year for w, size in files if size is not None]
    assert known == [2022] * len(JOBS)
    url = SLICE.format(year=2022, quarter="a", area="10001")
    assert {w.url: size for w, size in files}[url] == len(
        agencies.files[url.removeprefix("https://")]
    )


def test_two_fetches_at_once_are_one_sentence(request_: Request, web: Web):
    request_.downloads.mkdir()
    with (
        filelock.FileLock(request_.downloads / ".lock"),
        pytest.raises(FetchError, match="Another fetch is writing to"),
    ):
        fetch(request_, web)


def test_whoever_stops_it_finds_what_came(request_: Request, web: Web, agencies: Agencies):
    put_slices(agencies, 2021, 2022, 2023)
    request_ = replace(request_, years=(2021, 2022, 2023))

    class Stopped(Watch):
        def planned(self, files: int) -> None:
            if self.n_done > 2:
                raise KeyboardInterrupt

        n_done = 0

        def done(self, outcome: Outcome) -> None:
            self.n_done += 1

    with pytest.raises(KeyboardInterrupt):
        fetch_state("delaware", request_, web, watch=Stopped())

    kept = [p for p in request_.downloads.rglob("*.csv") if not p.name.startswith(".")]
    assert kept
    assert fetch(request_, Web(agencies.base, sleep=lambda seconds: None)).is_whole


def test_flows_of_both_parts_are_taken_in(request_: Request, web: Web, agencies: Agencies):
    lodes = "https://lehd.ces.census.gov/data/lodes/LODES8/{st}/od/{st}_od_{part}_JT01_2020.csv.gz"
    row = "w_geocode,h_geocode,S000\n{work}0401001000,{home}0402011000,1\n"
    for st, part, work, home in (
        ("de", "main", "10001", "10001"),
        ("md", "main", "24011", "24011"),
        ("de", "aux", "10001", "24011"),
    ):
        text = gzip.compress(row.format(work=work, home=home).encode())
        agencies.put(lodes.format(st=st, part=part), text)
    agencies.put(lodes.format(st="md", part="aux"), gzip.compress(b"a,b\n1,2\n"))
    fetched = fetch(request_, web, what=("flows",), years=())
    assert by_status(fetched) == {"added": 3, "failed": 1, "absent": 1}
    assert "md_od_aux_JT01_2020.csv.gz: its header lacks 'w_geocode'" in notes(fetched, "failed")[0]
    assert notes(fetched, "absent")[0].endswith("taken in the place of its 4 files: 2020")
    assert {(r.status, r.table, r.rows) for r in fetched.taken_in} == {("added", "commuting", 1)}
    assert {e.release for e in read_lock(fetched.state.folder).values()} == {"2020"}


def test_the_nations_projections_of_a_newer_base_are_taken_in(
    request_: Request, web: Web, agencies: Agencies, tmp_path: Path
):
    made = workbook(tmp_path / "any.xlsx")
    agencies.put("https://www.bls.gov/emp/ind-occ-matrix/industry.xlsx", made.read_bytes())
    fetched = fetch(request_, web, what=("projections",), years=())
    assert by_status(fetched) == {"added": 1}
    assert [(r.status, r.table) for r in fetched.taken_in] == [("added", "projections")]
    assert len(read_lock(fetched.state.folder)) == 1
    of_nation = read_rates(Store(request_.store), fetched.state, 2023).editions["nation"]
    assert [edition.horizon for edition in of_nation] == ["2024-2034", "2023-2033"]


def test_consumer_prices_of_a_newer_year_are_taken_in_and_another_table_is_not(
    request_: Request, web: Web, agencies: Agencies
):
    url = "https://download.bls.gov/pub/time.series/cu/cu.data.1.AllItems"
    head = "series_id        \tyear\tperiod\t       value\tfootnote_codes\n"
    agencies.put(url, f"{head}CUUR0000SA0      \t2026\tM13\t       330.5\t\n")
    fetched = fetch(request_, web, what=("consumer_prices",), years=())
    assert by_status(fetched) == {"added": 1}
    assert [(r.status, r.table, r.rows) for r in fetched.taken_in] == [
        ("added", "consumer_prices", 1)
    ]
    prices = Store(request_.store).table("consumer_prices")
    assert dict(zip(prices["year"], prices["cpi_u"], strict=True)) == {2026: 330.5}
    agencies.put(url, "series,title\nCUUR0000SA0,All items\n")
    again = fetch(request_, web, what=("consumer_prices",), years=(), update=True)
    assert "cu.data.1.AllItems: its header lacks 'series_id'" in notes(again, "failed")[0]


def test_a_workbook_that_is_none_is_refused(request_: Request, web: Web, agencies: Agencies):
    agencies.put("https://www.bls.gov/lau/laucnty22.xlsx", "not a workbook")
    agencies.put("https://www.bls.gov/lau/laucnty21.xlsx", "")
    fetched = fetch(request_, web, what=("laus",), years=(2021, 2022))
    empty, other = notes(fetched, "failed")
    assert empty.endswith("laucnty21.xlsx: the file is empty; try again later.")
    assert "laucnty22.xlsx: it is not a workbook" in other


@pytest.mark.parametrize(
    ("area", "year", "words"),
    [
        ("10003", 2022, "is of area_fips '10003', where 10001 was asked for"),
        ("10001", 2021, "is of year '2021', where 2022 was asked for"),
    ],
)
def test_another_file_s_bytes_are_refused_and_not_locked(
    area: str, year: int, words: str, request_: Request, web: Web, agencies: Agencies
):
    put_slices(agencies, 2022, 2023)
    url = SLICE.format(year=2022, quarter="a", area="10001")
    other = qcew(cells(area, 500), year)
    agencies.put(url, other)
    fetched = fetch(request_, web)
    assert words in notes(fetched, "failed")[0]
    assert url not in read_lock(fetched.state.folder)
    jobs = Store(request_.store).qcew("annual", areas=["10003"], years=[2022, 2023])
    assert len(set(jobs[jobs["own_code"] == "0"]["annual_avg_emplvl"])) == 1, "both as they were"


@pytest.mark.parametrize(
    "rewritten",
    [
        lambda text: text.encode("utf-16"),
        lambda text: text.replace(",", ";").encode(),
        lambda text: text.replace("\n", "\r\n").encode("utf-8-sig"),
    ],
    ids=["UTF-16", "semicolons", "byte-order mark"],
)
def test_a_table_is_checked_however_it_is_written(
    rewritten: Callable[[str], bytes], request_: Request, web: Web, agencies: Agencies
):
    put_slices(agencies, 2022, 2023)
    own, others = (SLICE.format(year=2022, quarter="a", area=a) for a in ("10001", "10003"))
    agencies.put(own, rewritten(qcew(cells("10001", 500), 2022)))
    agencies.put(others, rewritten(qcew(cells("10001", 500), 2022)))
    fetched = fetch(request_, web)
    [note] = notes(fetched, "failed")
    assert "10003.csv: its line 2 is of area_fips '10001', where 10003 was asked for" in note
    assert {r.status for r in fetched.taken_in} == {"added"}
    jobs = Store(request_.store).qcew("annual", areas=["10001"], years=[2022])
    assert set(jobs[jobs["own_code"] == "0"]["annual_avg_emplvl"]) == {350}


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"\xff\xfe" + b"a\xd8", "it begins as UTF-16 text and is none"),
        ("area_fips,year\n".encode("utf-16-le"), "its header lacks 'area_fips'"),
        ("<html></html>".encode("utf-16"), "it is a web page where a CSV table was expected"),
    ],
)
def test_what_is_no_text_is_refused_in_a_sentence(
    content: bytes, words: str, request_: Request, web: Web, agencies: Agencies
):
    put_slices(agencies, 2022)
    agencies.put(SLICE.format(year=2022, quarter="a", area="10001"), content)
    [note] = notes(fetch(request_, web, years=(2022,)), "failed")
    assert words in note


def test_a_header_without_rows_is_refused_and_not_locked(
    request_: Request, web: Web, agencies: Agencies
):
    put_slices(agencies, 2022, 2023)
    url = SLICE.format(year=2022, quarter="a", area="10001")
    agencies.put(url, qcew(cells("10001", 500), 2022).splitlines()[0] + "\n")
    fetched = fetch(request_, web)
    assert notes(fetched, "failed")[0].endswith("it has a header and no rows; try again later.")
    assert url not in read_lock(fetched.state.folder)
