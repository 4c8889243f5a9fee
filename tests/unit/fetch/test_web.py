"""One file over the web, and every way in which that fails."""

from __future__ import annotations

import gzip
import subprocess
from itertools import pairwise
from pathlib import Path

import pytest

from lmi.errors import FetchError
from lmi.fetch.cache import Held, Validators
from lmi.fetch.web import RefusedError, UnreachableError, Web, user_agent
from lmi.store.given_files import sha256_of
from tests.agency_server import Agencies, Fault, serving
from tests.builders import is_one_sentence
from tests.unit.fetch.conftest import Clock

URL = "https://data.bls.gov/cew/data/api/2023/a/area/10001.csv"
CONTENT = bytes(range(256)) * 2000


@pytest.fixture
def part(tmp_path: Path) -> Path:
    return tmp_path / "host" / ".file.part"


def get(web: Web, part: Path, held: Held | None = None) -> bytes:
    answer = web.get(URL, part, held, lambda size, total: None)
    assert answer.part == part
    assert answer.size == part.stat().st_size
    assert answer.sha256 == sha256_of(part)
    return part.read_bytes()


def refusal(web: Web, part: Path) -> str:
    with pytest.raises(FetchError) as caught:
        web.get(URL, part, None, lambda size, total: None)
    message = str(caught.value)
    assert is_one_sentence(message), message
    assert "10001.csv" in message
    return message


def test_a_file_comes_whole_and_says_how_far_it_is(web: Web, agencies: Agencies, part: Path):
    agencies.put(URL, CONTENT)
    told: list[tuple[int, int]] = []
    web.get(URL, part, None, lambda size, total: told.append((size, total)))
    assert part.read_bytes() == CONTENT
    assert told[-1] == (len(CONTENT), len(CONTENT))


def test_who_asks_says_so(web: Web, agencies: Agencies, part: Path, monkeypatch):
    agencies.put(URL, CONTENT)
    get(web, part)
    assert agencies.asked(URL)[0]["user-agent"] == user_agent()
    assert user_agent().startswith("lmi-sector-workbench/0.")
    monkeypatch.setenv("LMI_CONTACT", "data@example.gov")
    assert "data@example.gov" in user_agent()


def test_without_an_agent_the_agency_refuses(web: Web, agencies: Agencies, part: Path):
    agencies.put(URL, CONTENT)
    web._session.headers["User-Agent"] = "python-requests/2"
    assert "403 (Forbidden); agencies want to know who asks" in refusal(web, part)
    assert len(agencies.requests) == 1, "a refusal is not asked again"


def test_what_is_not_there_is_no_error(web: Web, part: Path):
    assert web.get(URL, part, None, lambda size, total: None).status == "absent"


def test_what_is_kept_is_not_sent_again(web: Web, agencies: Agencies, part: Path, tmp_path: Path):
    agencies.put(URL, CONTENT)
    first = web.get(URL, part, None, lambda size, total: None)
    held = Held(tmp_path, first.sha256, first.size, first.validators)
    assert web.get(URL, part, held, lambda size, total: None).status == "same"
    agencies.put(URL, CONTENT[1:])
    assert get(web, part, held) == CONTENT[1:]


@pytest.mark.parametrize("status", [429, 500, 502, 503, 504])
def test_a_server_that_is_busy_is_asked_again(
    web: Web, agencies: Agencies, part: Path, clock: Clock, status: int
):
    agencies.put(URL, CONTENT)
    agencies.once(URL, *[Fault(status)] * 3)
    assert get(web, part) == CONTENT
    backed_off = [s for s in clock.slept if s > 0.5]
    assert len(backed_off) == 2, "the first time at once, then after longer and longer"
    assert backed_off[1] > backed_off[0] >= 2


def test_it_waits_as_long_as_the_server_asks(
    web: Web, agencies: Agencies, part: Path, clock: Clock
):
    agencies.put(URL, CONTENT)
    agencies.once(URL, Fault(429, {"Retry-After": "37"}))
    assert get(web, part) == CONTENT
    assert clock.slept == [37.0]


@pytest.mark.parametrize("said", ["soon", "-5", ""])
@pytest.mark.parametrize("status", [429, 503])
def test_a_wait_that_nobody_can_read_is_the_usual_one(
    status: int, said: str, web: Web, agencies: Agencies, part: Path, clock: Clock
):
    agencies.put(URL, CONTENT)
    agencies.once(URL, Fault(status, {"Retry-After": said}))
    assert get(web, part) == CONTENT
    assert all(0 <= seconds <= 60 for seconds in clock.slept)


def test_a_server_that_asks_to_wait_for_hours_is_left(web: Web, agencies: Agencies, part: Path):
    agencies.always(URL, Fault(429, {"Retry-After": "7200"}))
    assert "429 (Too Many Requests) and asks to wait 120 minutes; try again" in refusal(web, part)


def test_a_server_that_stays_busy_is_left(web: Web, agencies: Agencies, part: Path):
    agencies.always(URL, Fault(503))
    assert "the server answers 503 (Service Unavailable), 6 times" in refusal(web, part)
    assert len(agencies.requests) == 6


def test_what_broke_off_goes_on_from_there(web: Web, agencies: Agencies, part: Path):
    agencies.put(URL, CONTENT)
    agencies.once(URL, Fault(cut=200_000), Fault(cut=100_000))
    assert get(web, part) == CONTENT
    first, second, third = agencies.asked(URL)
    assert "range" not in first
    begins = [int(r["range"].removeprefix("bytes=").rstrip("-")) for r in (second, third)]
    assert 0 < begins[0] <= 200_000
    assert begins[0] < begins[1] < len(CONTENT)
    assert second["if-range"].startswith('"')


def test_what_broke_off_in_an_earlier_run_goes_on_too(agencies: Agencies, part: Path, clock: Clock):
    agencies.put(URL, CONTENT)
    agencies.always(URL, Fault(cut=3 << 16))
    first = Web(agencies.base, clock=clock, sleep=lambda seconds: first.stop_now())
    with pytest.raises(FetchError):
        first.get(URL, part, None, lambda size, total: None)
    came = part.stat().st_size
    assert came
    agencies.for_good.clear()
    assert get(Web(agencies.base, clock=clock, sleep=clock.sleep), part) == CONTENT
    assert agencies.asked(URL)[-1]["range"] == f"bytes={came}-"


def test_what_changed_while_it_came_in_begins_anew(web: Web, agencies: Agencies, part: Path):
    agencies.put(URL, CONTENT)
    agencies.once(URL, Fault(cut=200_000))
    whole = CONTENT[::-1]
    seen: list[int] = []

    def change(size: int, total: int) -> None:
        seen.append(size)
        agencies.put(URL, whole)

    web.get(URL, part, None, change)
    assert part.read_bytes() == whole
    assert any(later < earlier for earlier, later in pairwise(seen)), "it begins anew"


def test_a_server_that_tells_no_vintage_is_not_resumed(web: Web, agencies: Agencies, part: Path):
    agencies.keeps_validators = False
    agencies.put(URL, CONTENT)
    agencies.once(URL, Fault(cut=200_000))
    assert get(web, part) == CONTENT
    assert all("range" not in headers for headers in agencies.asked(URL))


def test_a_wrong_length_is_refused(web: Web, agencies: Agencies, part: Path):
    agencies.keeps_validators = False
    agencies.put(URL, CONTENT)
    agencies.always(URL, Fault(longer=7))
    assert "6 times; try again later" in refusal(web, part)


def test_a_server_that_only_drips_is_one_that_broke_off(
    web: Web, agencies: Agencies, part: Path, clock: Clock
):
    agencies.put(URL, CONTENT)
    agencies.always(URL, Fault(drip=True))
    clock.each = 4000.0
    assert "bytes came in" in refusal(web, part)


def test_what_a_server_packs_unasked_is_unpacked(web: Web, agencies: Agencies, part: Path):
    agencies.put(URL, gzip.compress(CONTENT))
    agencies.always(URL, Fault(headers={"Content-Encoding": "gzip"}))
    assert get(web, part) == CONTENT


def test_a_redirect_on_the_same_host_is_followed(web: Web, agencies: Agencies, part: Path):
    agencies.put(URL, CONTENT)
    agencies.put("https://data.bls.gov/moved.csv", CONTENT[::-1])
    agencies.once(URL, Fault(301, {"Location": "/data.bls.gov/moved.csv"}))
    assert get(web, part) == CONTENT[::-1]


@pytest.mark.parametrize("target", ["http://127.0.0.1:9/a.csv", "https://evil.example/10001.csv"])
def test_a_redirect_to_another_host_is_refused(
    web: Web, agencies: Agencies, part: Path, target: str
):
    agencies.always(URL, Fault(302, {"Location": target}))
    assert f"points to another place, {target}, which is not followed" in refusal(web, part)
    assert len(agencies.requests) == 1


def test_a_redirect_in_a_circle_is_refused(web: Web, agencies: Agencies, part: Path):
    agencies.always(URL, Fault(302, {"Location": f"/{URL.removeprefix('https://')}"}))
    assert "points in a circle" in refusal(web, part)


def test_another_answer_is_named(web: Web, agencies: Agencies, part: Path):
    agencies.always(URL, Fault(418))
    assert "answers 418 (I'm a Teapot)" in refusal(web, part)


@pytest.fixture(scope="session")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A key and a certificate that nobody but itself vouches for."""
    folder = tmp_path_factory.mktemp("certificate")
    command = [
        "openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2",
        "-subj", "/CN=127.0.0.1", "-addext", "subjectAltName=IP:127.0.0.1",
        "-keyout", folder / "key.pem", "-out", folder / "certificate.pem",
    ]  # fmt: skip
    try:
        subprocess.run(command, check=True, capture_output=True)
    except (OSError, subprocess.CalledProcessError) as error:
        pytest.skip(f"no certificate could be made, since openssl is not here: {error}")
    both = folder / "both.pem"
    parts = [(folder / name).read_text() for name in ("key.pem", "certificate.pem")]
    both.write_text("".join(parts))
    return both


def test_a_certificate_that_nobody_vouches_for_is_refused(
    certificate: Path, part: Path, clock: Clock
):
    agencies = Agencies()
    agencies.put(URL, CONTENT)
    with serving(agencies, certificate) as base:
        message = refusal(Web(base, clock=clock, sleep=clock.sleep), part)
        assert "the certificate of 127.0.0.1" in message
        assert "so nothing was taken" in message
        assert not agencies.requests
        assert not part.exists()
        trusting = Web(base, clock=clock, sleep=clock.sleep, verify=str(certificate))
        assert get(trusting, part) == CONTENT


def test_a_wrong_certificate_is_a_refusal_of_the_host(certificate: Path, part: Path, clock: Clock):
    with serving(Agencies(), certificate) as base, pytest.raises(RefusedError):
        Web(base, clock=clock, sleep=clock.sleep).get(URL, part, None, lambda size, total: None)


def test_no_way_to_the_host_is_told_apart(part: Path, clock: Clock):
    with serving(Agencies()) as base:
        pass  # nobody listens there any more
    with pytest.raises(UnreachableError, match="cannot be reached"):
        Web(base, clock=clock, sleep=clock.sleep).get(URL, part, None, lambda size, total: None)
    assert clock.slept == [], "it is not tried again"


def test_a_host_is_asked_at_its_pace(agencies: Agencies, clock: Clock, tmp_path: Path):
    agencies.put(URL, CONTENT)
    web = Web(agencies.base, clock=clock, sleep=clock.sleep)
    for n in range(4):
        get(web, tmp_path / f"{n}")
    assert clock.slept == [0.1, 0.1, 0.1]


def test_validators_that_are_weak_resume_nothing():
    assert Validators('"a"', "b").strong == '"a"'
    assert Validators('W/"a"', "").strong == ""
