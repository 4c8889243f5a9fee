"""The main job, as a user runs it: profiles of the sample, from the command line to the page."""

from __future__ import annotations

import csv
import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path

import pytest
from pyarrow.parquet import read_schema
from pypdf import PdfReader

from lmi.batch.remote import Remote, bring
from lmi.report.workbook.dictionary import entry
from tests.driven_browser import FLAGS
from tests.e2e.cluster import cluster, kill_in_the_middle, wait_for
from tests.unit.cli.conftest import Said, run_lmi

pytestmark = pytest.mark.slow
ROOT = Path(__file__).resolve().parents[2]
REGIONS = ("cinder-basin", "gannet-island")
FILES = (
    "profile.ipynb", "profile.html", "brief.pdf", "profile.pdf", "workbook.xlsx", "manifest.json",
)  # fmt: skip
OUTSIDE = re.compile(r"""(?:src|href)\s*=\s*["'](?:https?:)?//""")


def lmi(*args: str, **env: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-c", "from lmi.cli import main\nif __name__ == '__main__': main()"]
    return subprocess.run(
        [*command, *args], cwd=ROOT, capture_output=True, text=True,
        env={**os.environ, **env, "PYTHONPATH": str(ROOT)},
    )  # fmt: skip


def told_by(*args: str, **env: str) -> Said:
    """What a command says that makes nothing: it needs no process of its own."""
    with pytest.MonkeyPatch.context() as patch:
        for name, value in env.items():
            patch.setenv(name, value)
        return run_lmi(*args)


@pytest.fixture(scope="module")
def places(sample_store: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    outputs = tmp_path_factory.mktemp("batch") / "outputs"
    return {"LMI_STORE": str(sample_store), "LMI_OUTPUTS": str(outputs)}


@pytest.fixture(scope="module")
def made(places) -> Path:
    only = [word for r in REGIONS for word in ("--only", r)]
    done = lmi("batch", "sample", *only, **places)
    assert done.returncode == 0, done.stderr
    assert "2 made" in done.stdout and "Traceback" not in done.stderr
    return Path(places["LMI_OUTPUTS"]) / "sample"


def test_each_region_has_everything(made):
    for region in REGIONS:
        folder = made / region
        for name in FILES:
            assert (folder / name).stat().st_size > 1000, name
        assert (folder / "profile.html").stat().st_size < 1_200_000
        pictures = {p.suffix for p in (folder / "figures").iterdir()}
        assert pictures == {".svg"}
        assert len(list((folder / "tables").glob("*.csv"))) >= 4
    index = (made / "index.html").read_text(encoding="utf-8")
    assert 'href="workbook.xlsx"' in index
    assert len(index) < 1_000_000
    assert all(f'href="{r}/{name}"' in index for r in REGIONS for name in FILES[1:5])
    assert 'href="summary.pdf"' in index and len(PdfReader(made / "summary.pdf").pages) > 2


def test_every_column_of_a_states_tables_is_in_the_data_dictionary(made):
    columns = {
        name for path in (made / "tables").glob("*.parquet") for name in read_schema(path).names
    }
    assert len(columns) > 200
    assert sorted(name for name in columns if not entry(name).text) == []


@pytest.mark.parametrize(("name", "most"), [("brief.pdf", 2), ("profile.pdf", 18)])
def test_pdfs_have_titles_tags_and_bookmarks_and_are_short(made, name, most):
    for region in REGIONS:
        document = PdfReader(made / region / name)
        assert 0 < len(document.pages) <= most
        root = document.root_object
        assert root["/MarkInfo"]["/Marked"] and root["/Lang"] == "en" and root["/StructTreeRoot"]
        assert "labor market profile" in document.metadata.title
        assert "pdfuaid:part" in root["/Metadata"].get_data().decode("utf-8")
        at = {m.title: document.get_destination_page_number(m) for m in flat(document.outline)}
        assert "The sectors side by side" in at
        staff = at.get("For data staff", 0)  # from 0: twelve pages stand before it
        assert staff < 12 or (staff == 12 and begins_with(document.pages[12], "For data staff"))
        assert document.metadata.creation_date is None


def begins_with(page, heading: str) -> bool:
    """Tell whether nothing but the running head stands above a heading."""
    return page.extract_text().index(heading) < 100


def flat(marks: list) -> Iterator:
    for mark in marks:
        yield from flat(mark) if isinstance(mark, list) else [mark]


def test_the_states_table_has_its_regions_what_lies_in_none_its_total_and_the_nation(made):
    with (made / "tables" / "regions.csv").open(encoding="utf-8", newline="") as file:
        jobs = [(row["kind"], float(row["annual_avg_emplvl"])) for row in csv.DictReader(file)]
    kinds = [kind for kind, _ in jobs]
    assert kinds == ["region"] * (len(kinds) - 3) + ["in no region", "state", "nation"]
    # the sample's counties are rounded one by one, as the agency's are
    assert sum(n for _, n in jobs[:-2]) == pytest.approx(jobs[-2][1], abs=len(jobs))


def test_pages_say_that_the_data_is_illustrative_and_fetch_nothing(made):
    for page in (made / "index.html", *(made / r / "profile.html" for r in REGIONS)):
        text = page.read_text(encoding="utf-8")
        assert "Illustrative data" in text
        assert not re.search(r"<script[^>]*src|@import|<link[^>]+stylesheet", text)
        assert not [m for m in OUTSIDE.findall(text) if "src" in m]
        assert all(
            'alt="' in tag and 'alt=""' not in tag for tag in re.findall(r"<img[^>]*>", text)
        )


def test_the_manifest_accounts_for_every_file_and_input(made):
    from lmi import sample

    folder = made / REGIONS[0]
    manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    found = {
        p.relative_to(folder).as_posix(): hashlib.sha256(p.read_bytes()).hexdigest()
        for p in folder.rglob("*")
        if p.is_file() and p.name != "manifest.json"
    }
    assert manifest["outputs"] == found
    known = {hashlib.sha256(p.read_bytes()).hexdigest() for p in sample.files()}
    assert {i["sha256"] for i in manifest["inputs"]} <= known and manifest["inputs"]
    assert manifest["parameters"]["year"] == 2023 and "pandas" in manifest["versions"]
    assert str(made) not in json.dumps(manifest), "no path of this machine"


def test_the_same_inputs_give_the_same_bytes_in_another_store(made, sample_store, tmp_path):
    """There the sample is taken in anew, a year of it estimated, and the profile made."""
    store = tmp_path / "store"
    shutil.copytree(sample_store / "estimates", store / "estimates")
    [newest] = (store / "estimates").glob("*-2023-*")
    shutil.rmtree(newest)
    same = lmi("reproduce", str(made / REGIONS[0]), LMI_STORE=str(store))
    assert newest.is_dir(), "estimated again"
    assert same.returncode == 0, same.stdout + same.stderr
    assert re.search(r"(\d+) of \1 files are the same again", same.stdout)


def test_what_is_unchanged_is_not_made_again(made, places):
    page = made / "gannet-island" / "profile.html"
    before = page.stat().st_mtime_ns
    done = told_by("batch", "sample", "--only", "gannet-island", **places)
    assert "1 unchanged" in done.out and page.stat().st_mtime_ns == before


def test_a_region_that_fails_is_named_and_the_others_finish(places, tmp_path):
    regions = tmp_path / "regions"
    shutil.copytree(ROOT / "regions", regions)
    file = regions / "sample" / "state.yml"
    text = file.read_text(encoding="utf-8").replace("partition: true", "partition: false")
    lost = '\n  nowhere:\n    name: Nowhere\n    counties:\n      - "99899"\n'
    file.write_text(text + lost, encoding="utf-8")
    outputs = tmp_path / "outputs"
    done = lmi(
        "batch", "sample", "--only", "nowhere", "--only", "gannet-island", "--formats", "html",
        **{**places, "LMI_REGIONS": str(regions), "LMI_OUTPUTS": str(outputs)},
    )  # fmt: skip
    assert done.returncode == 1
    assert "sample/nowhere" in done.stderr and "99899" in done.stderr
    assert "Traceback" not in done.stderr
    assert "1 made, 1 failed" in done.stdout
    assert (outputs / "sample" / "gannet-island" / "profile.html").is_file()
    assert "99899" in (outputs / "sample" / "index.html").read_text(encoding="utf-8")


def test_no_page_has_a_fault_that_axe_knows_or_complains_in_its_console(made, browser):
    axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="axe is missing")
    said: list[str] = []
    for width in (1280, 390):
        page = browser.new_page(viewport={"width": width, "height": 900})
        page.on("console", lambda message: said.append(message.text))
        page.goto((made / "index.html").as_uri())
        found = axe.Axe().run(page)
        assert found.violations_count == 0, found.generate_report()
        page.get_by_label("Find a region").fill("cinder")
        assert page.locator(".of-list tbody tr:visible").count() == 1
        assert page.get_by_role("status").inner_text().startswith("1 of ")
    page.goto((made / "cinder-basin" / "profile.html").as_uri())
    found = axe.Axe().run(page)
    assert found.violations_count == 0, found.generate_report()
    assert said == []


@pytest.mark.parametrize("width", [360, 1280])
def test_no_page_scrolls_sideways(made, chromium, tmp_path, width):
    """The page's own width, asked of a browser by a line of script added to a copy."""
    for page in (made / "index.html", made / "cinder-basin" / "profile.html"):
        copy = tmp_path / f"{page.parent.name}-{width}.html"
        ask = (
            f"<iframe id=f style='width:{width}px;height:900px;border:0' src='{page.as_uri()}'>"
            "</iframe><script>onload=()=>{const d=document.getElementById('f').contentDocument"
            ".documentElement;document.title=d.scrollWidth+'/'+d.clientWidth}</script>"
        )
        copy.write_text(f"<!doctype html><title>?</title>{ask}", encoding="utf-8")
        done = subprocess.run(
            [
                chromium, "--headless", *FLAGS, "--allow-file-access-from-files",
                f"--user-data-dir={tmp_path / 'profile'}", "--virtual-time-budget=4000",
                "--dump-dom", copy.as_uri(),
            ],
            capture_output=True, text=True, timeout=120,
        )  # fmt: skip
        found = re.search(r"<title>(\d+)/(\d+)</title>", done.stdout)
        assert found, done.stdout[:300]
        assert int(found[1]) <= int(found[2]), f"{page.name} at {width} px"


def hashes(folder: Path) -> dict[str, str]:
    return {
        p.relative_to(folder).as_posix(): hashlib.sha256(p.read_bytes()).hexdigest()
        for region in REGIONS
        for p in sorted((folder / region).rglob("*"))
        if p.is_file() and p.name != "manifest.json"
    }


def test_it_says_what_it_would_make_and_how_the_last_run_went(made, places):
    told = told_by("batch", "sample", "--dry-run", **places).out
    assert [f"unchanged  sample/{region}" in told for region in REGIONS] == [True, True]
    assert told.count(": not made yet") == 4
    told = told_by("batch", "sample", "--dry-run", "--paper", "a4", **places).out
    assert told.count("asked for otherwise: paper") == 2
    found = lmi("status", "sample", **places)
    assert found.returncode == 0 and "no batch is running" in found.stdout


def test_a_region_that_changed_is_made_alone(made, places, tmp_path):
    regions, other = shutil.copytree(ROOT / "regions", tmp_path / "regions"), tmp_path / "outputs"
    shutil.copytree(made, other / "sample")
    anew = {**places, "LMI_REGIONS": str(regions), "LMI_OUTPUTS": str(other)}
    state = regions / "sample" / "state.yml"
    text = state.read_text(encoding="utf-8")
    assert text.count("One county with a few hundred jobs") == 1
    state.write_text(text.replace("One county with", "An island with"), encoding="utf-8")
    only = [word for r in REGIONS for word in ("--only", r)]
    told = told_by("batch", "sample", "--dry-run", *only, **anew).out
    assert told.count("state.yml changed; kept if it says the same") == 2
    done = lmi("batch", "sample", *only, **anew)
    assert "1 made, 1 unchanged" in done.stdout, done.stdout + done.stderr
    kept, remade = (f"{r}/profile.html" for r in REGIONS)
    before, after = hashes(made), hashes(other / "sample")
    assert after[kept] == before[kept] and after[remade] != before[remade]
    assert "An island with" in (other / "sample" / remade).read_text(encoding="utf-8")
    told = told_by("batch", "sample", "--dry-run", *only, **anew).out
    assert told.count("unchanged") == 2, "the one that was kept is of the new file, too"


@pytest.mark.parametrize("seconds", [float(s) for s in os.environ.get("LMI_KILLS", "5").split()])
def test_killed_at_any_moment_the_next_run_ends_as_if_nothing_had_been(made, places, seconds):
    before = hashes(made)
    only = [word for r in REGIONS for word in ("--only", r)]
    program = "from lmi.cli import main\nif __name__ == '__main__': main()"
    command = [sys.executable, "-c", program, "batch", "sample", "--force", *only]
    run = subprocess.Popen(
        command, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        env={**os.environ, **places, "PYTHONPATH": str(ROOT)},
    )  # fmt: skip
    with suppress(subprocess.TimeoutExpired):
        run.wait(seconds)
    run.kill()
    run.wait()
    again = lmi("batch", "sample", *only, **places)
    assert again.returncode == 0, again.stderr
    assert hashes(made) == before
    left = {p.name for p in made.iterdir() if p.name.startswith(".")}
    assert left == {".batch.json", ".batch.lock"}


@pytest.fixture
def bucket(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """Where a store and outputs may be put, by URL."""
    if request.param == "file":
        yield (tmp_path / "bucket").as_uri()
        return
    s3fs = pytest.importorskip("s3fs", reason="no s3fs: install it and moto[server]")
    moto = pytest.importorskip("moto.server", reason="no moto: install moto[server]")
    server = moto.ThreadedMotoServer("127.0.0.1", 0)
    server.start()
    host, port = server.get_host_and_port()
    keys = {
        "AWS_ACCESS_KEY_ID": "any",
        "AWS_SECRET_ACCESS_KEY": "any",
        "AWS_DEFAULT_REGION": "us-east-1",
        "AWS_ENDPOINT_URL": f"http://{host}:{port}",
    }
    with pytest.MonkeyPatch.context() as patch:
        for name, value in keys.items():
            patch.setenv(name, value)
        s3fs.S3FileSystem(skip_instance_cache=True).mkdir("bucket")
        yield "s3://bucket"
    server.stop()


@pytest.mark.parametrize("bucket", ["file", "s3"], indirect=True)
def test_a_cluster_makes_the_same_bytes_though_a_worker_is_killed(made, places, bucket, tmp_path):
    store, outputs = Remote.at(f"{bucket}/store"), Remote.at(f"{bucket}/outputs")
    for folder, there in (
        (Path(places["LMI_STORE"]), store),
        (made / "tables", outputs.below("sample", "tables")),
    ):
        for path in folder.rglob("*"):
            if path.is_file():
                there.put(path, path.relative_to(folder).as_posix())
    only = [word for r in REGIONS for word in ("--only", r)]
    asked = ["batch", "sample", "nowhere", *only, "--formats", "html", "--store", f"{bucket}/store",
             "--outputs", f"{bucket}/outputs"]  # fmt: skip
    assert "add --scheduler" in told_by(*asked).err
    with cluster(workers=2) as machines, ThreadPoolExecutor(1) as apart:
        running = apart.submit(lmi, *asked, "--scheduler", machines.address)
        helpers = kill_in_the_middle(machines, running)
        done = running.result()
        assert "2 made" in done.stdout, done.stderr
        assert done.returncode == 1 and "there is no state 'nowhere'" in done.stderr
        again = lmi(*asked, "--scheduler", machines.address)
        assert "2 unchanged" in again.stdout, again.stderr
    wait_for(lambda: not any(p.is_running() and p.status() != "zombie" for p in helpers))
    bring(outputs.below("sample"), tmp_path / "brought")
    found, before = hashes(tmp_path / "brought"), hashes(made)
    ways = {"brief.pdf", "profile.pdf", "workbook.xlsx"}
    assert found == {k: v for k, v in before.items() if Path(k).name not in ways}
    assert "gannet-island/profile.html" in (tmp_path / "brought" / "index.html").read_text()
