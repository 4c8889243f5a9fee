"""Time the ingest of many small files, in one archive and in a folder, beside the floor.

The floor is what any way must do: inflate each and parse it with types, one after another. What is
paid once for each file shows here, as it does not in a single file; and what each costs that meets
the rows of others, where all come twice, as when a state is fetched again.
"""

from __future__ import annotations

import argparse
import statistics
import tempfile
import zipfile
from pathlib import Path

from ingest import measure
from singlefile import write_slices

WAYS = ("floor", "workbench", "twice")


def main() -> None:
    """Parse the command line and print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--areas", type=int, default=300)
    parser.add_argument("--runs", type=int, default=3)
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        slices, archive = Path(folder) / "slices", Path(folder) / "slices.zip"
        rows = write_slices(slices, args.areas)
        with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as packed:
            for file in sorted(slices.iterdir()):
                packed.write(file, file.name)
        print(f"{args.areas:,} files of {rows // args.areas:,} rows, {args.runs} runs in turn")
        for path in (archive, slices):
            runs = [{way: measure(way, path)[0] for way in WAYS} for _ in range(args.runs)]
            middle = {way: statistics.median(run[way] for run in runs) for way in WAYS}
            told = "   ".join(f"{way} {middle[way]:.2f} s" for way in WAYS)
            floor, once, twice = (middle[way] for way in WAYS)
            print(f"{path.name:12s} {told}")
            more, again = once / floor, twice / once
            print(f"{'':12s} workbench / floor {more:.2f}   twice / once {again:.2f}")


if __name__ == "__main__":
    main()
