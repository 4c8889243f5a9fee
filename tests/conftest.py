"""What every test may ask for: real agency files, stores, a browser, and a home of its own.

Real files and browsers are not on every machine: a test that asks for one that is absent is
skipped and says so, and `-m "not real_data"` or `-m "not browser"` leaves them out by choice.
"""

from __future__ import annotations

import contextlib
import gc
import hashlib
import importlib
import os
import pickle
import shutil
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import hypothesis
import pytest

from lmi.config import StateConfig, load_state
from lmi.notebook_format import load_nbformat
from lmi.store import Store
from lmi.store.ingest import ingest
from lmi.store.sample_files import take_in_sample
from tests.agency_files import REAL_FILES
from tests.driven_browser import driven
from tests.made_once import made_once
from tests.measured_once import measured_once  # noqa: F401 - a fixture

if TYPE_CHECKING:
    from lmi.assessment.state_tables import StateTables

ROOT = Path(__file__).resolve().parents[1]
CHROMIUM_NAMES = (
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
    "chrome",
    "msedge",
)
CHROMIUM_PLACES = {
    "darwin": (
        "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
        "/Applications/Chromium.app/Contents/MacOS/Chromium",
    ),
    "win32": (
        r"%ProgramFiles%\Google\Chrome\Application\chrome.exe",
        r"%ProgramFiles(x86)%\Microsoft\Edge\Application\msedge.exe",
    ),
}
MARKER_OF_FIXTURE = {"shared_data": "real_data", "chromium": "browser"}
LONG = ("browser", "program", "real_data", "slow")

Analyse = Callable[..., "StateTables"]  # of a store, a state and a year

gc.disable()  # until the tests are collected: see below
os.environ.setdefault("MPLBACKEND", "Agg")  # before anything imports matplotlib

load_nbformat()  # before any test imports it, and a grammar with it

# No test asserts a time, and no example has a deadline: a machine may be busy. What has become slow
# is seen in `benchmarks/`.
hypothesis.settings.register_profile("desk", deadline=None)
# The same examples in every CI run; new ones on every run at a desk, where a failure can be read.
hypothesis.settings.register_profile(
    "ci", parent=hypothesis.settings.get_profile("desk"),
    derandomize=True, database=None, print_blob=True,
)  # fmt: skip
hypothesis.settings.load_profile("ci" if os.environ.get("CI") else "desk")


def pytest_sessionstart(session: pytest.Session) -> None:
    """Import the tests beforehand, each worker from another place on, where all will be collected.

    In a new checkout pytest rewrites every test before it is imported, which takes half of the time
    that collecting takes. Begun at one place, each worker would do it for all; so each finds
    what the others have rewritten.
    """
    config, root = session.config, session.config.rootpath
    asked = {root / path for path in config.args}
    worker = os.environ.get("PYTEST_XDIST_WORKER", "").removeprefix("gw")
    if not worker or asked != {root / path for path in config.getini("testpaths")}:
        return
    ignored = [root / path for path in config.getoption("ignore") or ()]
    files = [
        path for path in sorted((root / "tests").rglob("test_*.py"))
        if not any(path.is_relative_to(folder) for folder in ignored)
    ]  # fmt: skip
    start = len(files) * int(worker) // int(os.environ["PYTEST_XDIST_WORKER_COUNT"])
    for path in (*files[start:], *files[:start]):
        with contextlib.suppress(Exception, pytest.skip.Exception):  # told when it is collected
            importlib.import_module(".".join(path.relative_to(root).with_suffix("").parts))


def pytest_collection_finish() -> None:
    """Leave modules and thousands of tests out of every later round of collecting garbage.

    They stay to the end, and going through them took a third of the time that collecting takes.
    """
    gc.freeze()
    gc.enable()
    gc.set_threshold(10_000)  # tests make much that stays, and collecting it took a thirtieth


def find_shared_data() -> Path | None:
    """The folder of real agency files: `LMI_SHARED_DATA`, or `shared/data` beside the checkout."""
    given = os.environ.get("LMI_SHARED_DATA")
    folder = Path(given).expanduser() if given else ROOT.parent / "shared" / "data"
    return folder if folder.is_dir() else None


def find_chromium() -> str | None:
    """The path of a Chromium or a relative of it: `LMI_CHROMIUM`, or what is installed here."""
    given = os.environ.get("LMI_CHROMIUM")
    if given:
        return shutil.which(given)
    places = CHROMIUM_PLACES.get(sys.platform, ())
    candidates = (*CHROMIUM_NAMES, *(os.path.expandvars(place) for place in places))
    return next((found for name in candidates if (found := shutil.which(name))), None)


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """The folder of real agency files, or a skip that names where it was looked for."""
    folder = find_shared_data()
    if folder is None:
        pytest.skip("no real agency files: set LMI_SHARED_DATA, or put them in ../shared/data")
    return folder


@pytest.fixture(scope="session")
def chromium() -> str:
    """The path of a Chromium, or a skip; `LMI_REQUIRE_CHROMIUM=1` makes the skip a failure."""
    found = find_chromium()
    if found is None and os.environ.get("LMI_REQUIRE_CHROMIUM"):
        pytest.fail("no Chromium was found, and LMI_REQUIRE_CHROMIUM asks for one")
    if found is None:
        pytest.skip("no Chromium was found: install one, or name it in LMI_CHROMIUM")
    return found


@pytest.fixture
def browser(chromium: str) -> Iterator[Any]:
    """A browser of the test's own, driven by playwright."""
    with driven(chromium) as found:
        yield found


@pytest.fixture(scope="session")
def sample_store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store with the sample, for all tests of a run: read it, and write to a copy.

    What is estimated is kept in it, so that whoever comes later finds it.
    """
    return made_once(
        "sample_store",
        lambda root: take_in_sample(load_state("sample"), Store(root)),
        tmp_path_factory,
    )


@pytest.fixture(scope="session")
def real_store(shared_data: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same with the real files of Colorado, central Ohio and the nation."""

    def make(root: Path) -> None:
        outcomes = ingest([shared_data / "qcew" / name for name in REAL_FILES], root)
        assert {o.status for o in outcomes} == {"added"}

    return made_once("real_store", make, tmp_path_factory)


@pytest.fixture(scope="session")
def analysed(tmp_path_factory: pytest.TempPathFactory) -> Analyse:
    """`analyse` of a store that no test writes to: once for all workers, a copy for who asks.

    Those that commands ask for are kept in the store, where programs that tests start find them.
    """
    # What estimates is slow to import, and most tests need none of it.
    from lmi.assessment.kept_tables import state_tables
    from lmi.assessment.state import analyse

    def tables(store: Store, state: StateConfig, year: int | None = None) -> StateTables:
        if year is None and not state.staff:
            return state_tables(store, state)
        of = f"{store.root} {state.model_dump_json()} {year}"
        name = f"analysed-{hashlib.sha256(of.encode()).hexdigest()[:16]}"
        file = made_once(
            name, lambda to: to.write_bytes(pickle.dumps(analyse(store, state, year))),
            tmp_path_factory,
        )  # fmt: skip
        found: StateTables = pickle.loads(file.read_bytes())
        return found

    return tables


@pytest.fixture(scope="session", autouse=True)
def home_of_its_own(tmp_path_factory: pytest.TempPathFactory) -> None:
    """Keep the tests out of the store and the outputs of whoever runs them."""
    home = tmp_path_factory.mktemp("lmi")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("LMI_STORE", str(home / "store"))
        patch.setenv("LMI_OUTPUTS", str(home / "outputs"))
        patch.setenv("LMI_DOWNLOADS", str(home / "downloads"))
        patch.delenv("LMI_REGIONS", raising=False)
        if os.environ.get("PYTEST_XDIST_WORKER"):  # every processor has a worker already
            patch.setattr("lmi.analysis.ahead._processors", lambda: 1)
        yield


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark every test that asks, directly or not, for real files or for a browser.

    Files that take long come first, so that no worker is left with one when the others are done.
    """
    for item in items:
        for fixture in getattr(item, "fixturenames", ()):
            if fixture in MARKER_OF_FIXTURE:
                item.add_marker(MARKER_OF_FIXTURE[fixture])
    long = {item.path for item in items if any(map(item.get_closest_marker, LONG))}
    items.sort(key=lambda item: item.path not in long)


def pytest_report_header() -> list[str]:
    """Say at the top what was found, so that a skip is no surprise."""
    return [
        f"real agency files: {find_shared_data() or 'none'}",
        f"chromium: {find_chromium() or 'none'}",
    ]
