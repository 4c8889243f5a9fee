"""A nation through the workbench: ten years of all counties in, a slice of county profiles out.

What is measured is printed as it is: rows a second, processor seconds of a state, profiles a
minute as their number grows, memory and disk. What the whole would take on more cores follows from
these by multiplication, and is said to.
"""

from __future__ import annotations

import argparse
import resource
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import psutil
import yaml
from made_nation import FIRST_YEAR, states, write_nation

from lmi import codes, locations
from lmi.batch import Order, Places, ProfileResult, batch_state
from lmi.batch.steps import begin

CORES = (8, 64)
STEP = 50


def of_a_process(*words: str) -> dict[str, float]:
    """Run the command line apart: its seconds, those of processors, its peak memory."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    began = time.perf_counter()
    program = "from lmi.cli import main\nif __name__ == '__main__': main()"
    subprocess.run([sys.executable, "-c", program, *words], check=True, stdout=subprocess.DEVNULL)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return {
        "s": time.perf_counter() - began,
        "processor_s": after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime,
        "peak_gb": after.ru_maxrss / 1e6,
    }


def size_mb(folder: Path) -> float:
    """How much a folder takes."""
    return sum(p.stat().st_size for p in folder.rglob("*") if p.is_file()) / 1e6


def memory_gb() -> float:
    """What this process and all that work for it hold, each page of theirs once."""
    this = psutil.Process()
    held = 0
    for process in (this, *this.children(recursive=True)):
        try:
            held += process.memory_full_info().pss
        except (psutil.NoSuchProcess, psutil.AccessDenied):
            continue
    return held / 1e9


def counties_as_regions(folder: Path, fips: Sequence[str], year: int) -> list[str]:
    """Define states whose every county is a region; return their folders' names."""
    for name in ("sectors.yml", "criteria.yml"):
        (folder / name).write_text((locations.regions_dir(None) / name).read_text("utf-8"), "utf-8")
    named = []
    for state in fips:
        regions = {
            f"county-{c[2:]}": {"name": f"County {c}", "counties": [c]}
            for c in sorted(codes.counties_of(state, year))
        }
        defined: dict[str, Any] = {
            "state": codes.state_name(state), "state_fips": state, "title": "Counties",
            "source": {"name": "Every county a region, for a benchmark"}, "partition": True,
            "regions": regions,
        }  # fmt: skip
        named.append(f"state-{state}")
        (folder / named[-1]).mkdir()
        text = yaml.safe_dump(defined, sort_keys=False)
        (folder / named[-1] / "state.yml").write_text(text, "utf-8")
    return named


@contextmanager
def timed(name: str) -> Iterator[dict[str, float]]:
    """Take the time of a step, with that of the processes that have ended in it."""
    found: dict[str, float] = {}

    def processor() -> float:
        used = [resource.getrusage(w) for w in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
        return sum(one.ru_utime + one.ru_stime for one in used)

    began, used = time.perf_counter(), processor()
    yield found
    found["s"] = time.perf_counter() - began
    found["processor_s"] = processor() - used
    print(f"{name}: {found['s']:.0f} s, {found['processor_s']:.0f} s of processors", flush=True)


def main() -> None:
    """Measure."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--files", type=Path, help="Where the made files are kept.")
    parser.add_argument("--years", type=int, default=10)
    parser.add_argument("--states", nargs="+", default=["21", "31"], help="States of the slice.")
    parser.add_argument("--profiles", type=int, default=200)
    parser.add_argument("--jobs", type=int, default=2)
    given = parser.parse_args()
    with TemporaryDirectory() as place:
        folder = Path(place)
        store, regions = folder / "store", folder / "regions"
        regions.mkdir()
        for path, rows in write_nation(given.files or folder / "files", given.years):
            took = of_a_process("ingest", str(path), "--store", str(store))
            told = ", ".join(f"{name} {value:.2f}" for name, value in took.items())
            print(f"ingest of {path.name}, {rows:,} rows: {told}; store {size_mb(store):.0f} MB",
                  flush=True)  # fmt: skip
        last = FIRST_YEAR + given.years - 1
        slugs = counties_as_regions(regions, given.states, last)
        places = Places(store, regions, folder / "outputs")
        order = Order(formats=("html",))
        tables = {}
        for slug in slugs:
            with timed(f"estimates and tables of {slug}") as tables[slug]:
                begin(slug, order, places)
        made_at: list[tuple[float, float]] = []

        def took_in(slug: str, made: ProfileResult, of: int) -> None:
            if made.status != "made":
                print(f"{slug}/{made.region}: {made.status} {made.error}")
                return
            made_at.append((time.perf_counter(), memory_gb() if len(made_at) % 10 == 0 else 0.0))
            if len(made_at) % STEP == 0:
                since = made_at[-STEP][0] if len(made_at) > STEP else began
                rate = 60 * STEP / (made_at[-1][0] - since)
                held = max(memory for _, memory in made_at[-STEP:])
                print(f"{len(made_at):4} profiles: {rate:.1f} a minute, {held:.2f} GB", flush=True)

        began = time.perf_counter()
        for slug in slugs:
            left = given.profiles - len(made_at)
            if left > 0:
                batch_state(slug, order, places, jobs=given.jobs, limit=left, progress=took_in)
        took_s, n = time.perf_counter() - began, len(made_at)
        print(f"{n} profiles: {took_s:.0f} s")  # by kernels, whose processor seconds go uncounted
        sizes = [size_mb(p.parent) for p in places.outputs.glob("*/*/profile.html")]
        print(f"a profile: {sum(sizes) / len(sizes):.2f} MB, the largest {max(sizes):.2f} MB")
        per_state = sum(one["s"] for one in tables.values()) / len(tables)
        per_profile = took_s * given.jobs / n
        counties = sum(len(codes.counties_of(state, last)) for state in states(last))
        whole = per_state * len(states(last)) + per_profile * counties
        for cores in CORES:
            print(f"every county of the nation on {cores} cores, by multiplication: "
                  f"{whole / cores / 3600:.2f} h")  # fmt: skip


if __name__ == "__main__":
    main()
