"""Time the ingest of a national single file, beside the naive way and the floor.

Each way runs in its own process, in turn, so that one's memory and caches are not another's.
Beside the seconds on the clock stand those of all processors: what is done side by side costs
less of the one, and on a machine that is busy with other work they alone can be compared.
The floor is what any way must do: inflate the zip, then parse the CSV with types, nothing else.
The naive way is ``pandas.read_csv`` with string types, written to Parquet.
"""

from __future__ import annotations

import argparse
import importlib
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import NamedTuple

HERE = Path(__file__).resolve().parent


def floor(path: Path, folder: Path) -> None:
    """Inflate, then parse with types; keep nothing."""
    import polars as pl

    from lmi.schema import table
    from lmi.sources.archive import blocks, members
    from lmi.store.given_files import expand

    for member in (member for file in expand([path]) for member in members(file)):
        pl.read_csv(b"".join(blocks(member)), schema=table("qcew_annual").polars_schema)


def naive(path: Path, folder: Path) -> None:
    """Read everything as strings with pandas and write one Parquet file."""
    import pandas as pd

    pd.read_csv(path, dtype=str, keep_default_na=False).to_parquet(folder / "naive.parquet")


def workbench(path: Path, folder: Path) -> None:
    """Ingest: recognise, check, blank what is withheld, partition, write, catalogue."""
    from lmi.store.ingest import ingest

    for outcome in ingest([path], folder / "store"):
        assert outcome.status == "added", outcome.message


def twice(path: Path, folder: Path) -> None:
    """Ingest, and again as a revised release: each row meets the one that is there."""
    from lmi.store.ingest import ingest

    for vintage in ("preliminary", "revised"):
        for outcome in ingest([path], folder / "store", vintage=vintage):
            assert outcome.status == "added", outcome.message


WAYS = {"floor": floor, "workbench": workbench, "naive": naive, "twice": twice}
COMPARED = ("floor", "workbench", "naive")
IMPORTS = {
    "floor": ("polars", "lmi.schema", "lmi.sources.archive", "lmi.store.given_files"),
    "workbench": ("polars", "pyarrow.parquet", "lmi.store.ingest"),
    "naive": ("pandas", "pyarrow.parquet"),
}
IMPORTS["twice"] = IMPORTS["workbench"]


class Cost(NamedTuple):
    """Seconds on the clock and of all processors, and megabytes at the peak."""

    seconds: float
    processor_seconds: float
    megabytes: float


def measure(way: str, path: Path) -> Cost:
    """Run one way in a process of its own."""
    with tempfile.TemporaryDirectory(dir=path.parent) as folder:
        command = [sys.executable, __file__, "--way", way, "--file", str(path), "--folder", folder]
        done = subprocess.run(command, check=True, capture_output=True, text=True)
    return Cost(*map(float, done.stdout.split()))


def main() -> None:
    """Parse the command line and print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=3_600_000)
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--way", choices=WAYS)
    parser.add_argument("--file", type=Path)
    parser.add_argument("--folder", type=Path)
    args = parser.parse_args()
    if args.way:
        for module in IMPORTS[args.way]:  # paid once a process, whatever the file
            importlib.import_module(module)
        start, used = time.perf_counter(), time.process_time()
        WAYS[args.way](args.file, args.folder)
        seconds, processor = time.perf_counter() - start, time.process_time() - used
        print(seconds, processor, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)
        return
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "singlefile.zip"
        # In a process of its own: a child's peak of memory counts from its parent's.
        making = [sys.executable, str(HERE / "singlefile.py"), str(path), str(args.rows)]
        rows = int(subprocess.run(making, check=True, capture_output=True, text=True).stdout)
        print(f"{rows:,} rows, {path.stat().st_size / 1e6:.0f} MB zipped, {args.runs} runs in turn")
        runs: dict[str, list[Cost]] = {way: [] for way in COMPARED}
        for _ in range(args.runs):
            for way in COMPARED:
                runs[way].append(measure(way, path))
    middle = {
        way: Cost(*map(statistics.median, zip(*found, strict=True))) for way, found in runs.items()
    }
    for way, cost in middle.items():
        print(
            f"{way:10s} {cost.seconds:6.2f} s   {cost.processor_seconds:6.2f} s of processors   "
            f"peak {max(run.megabytes for run in runs[way]):6.0f} MB"
        )
    for more, less, bound in (
        ("naive", "workbench", "at least 3"),
        ("workbench", "floor", "at most 1.4"),
    ):
        clock, processors = (middle[more][i] / middle[less][i] for i in (0, 1))
        print(f"{more} / {less:10s} {clock:.2f}   of processors {processors:.2f}   ({bound})")


if __name__ == "__main__":
    main()
