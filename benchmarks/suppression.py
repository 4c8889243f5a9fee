"""Show how good the estimates of withheld cells are, and what they cost.

Times ``lmi estimate`` of one state and quarter, all ownerships and levels, in a process of its own,
and the estimate alone on a quarter, a half and all of the counties; then scores the estimates
beside simpler ways on Colorado and on the counties of Ohio that the store holds, cells and sums.
"""

from __future__ import annotations

import argparse
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import numpy as np
import pandas as pd
from sums import judge_sums, score_sums

from lmi import codes, naics
from lmi.cli.estimates import LEGEND, score_table
from lmi.cli.options import out
from lmi.config import candidate_cells, load_candidates, load_state
from lmi.store import Store
from lmi.suppression.cell_hierarchy import KEY, build_hierarchy, sum_parts
from lmi.suppression.estimate import estimate, estimate_employment_and_wages
from lmi.suppression.evaluation import compare_period, flip_cells, mask, score
from lmi.suppression.period import (
    Period,
    estimate_period,
    read_history,
    read_rows,
)

PARTS = (4, 2, 1)
SEEDS = (1, 2, 3)
GOVERNMENTS = ("1", "2", "3")
# Joint draws are made for a year's columns; a quarter's can take their names, for sums in a table.
AS_A_YEAR = {
    "qtrly_estabs": "annual_avg_estabs",
    "month3_emplvl": "annual_avg_emplvl",
    "total_qtrly_wages": "total_annual_wages",
}


def in_a_process(*words: object) -> list[str]:
    """Run this script with other words; return what it printed, split."""
    command = [sys.executable, __file__, *map(str, words)]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout.split()


def command(store: Path, state: str, history: bool) -> None:
    """Do what ``lmi estimate`` does; print seconds and megabytes at the peak."""
    from lmi.cli.files import stored_csv, write_table

    start = time.perf_counter()
    filled = estimate_period(Store(store), state, Period(2016, "1"), with_history=history)
    with tempfile.TemporaryDirectory() as folder:
        write_table(filled.cells, Path(folder) / "estimates.parquet", stored_csv)
    seconds = time.perf_counter() - start
    print(len(filled.cells), seconds, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)


def one_in(store: Path, state: str, part: int, history: bool) -> None:
    """Estimate one in `part` of the counties; print counties, cells and seconds."""
    period = Period(2016, "1")
    rows, others = read_rows(Store(store), state, period), {}
    if history:
        others = read_history(Store(store), state, period)
    counties = sorted(a for a in rows["area_fips"].unique() if codes.parse_area(a).kind == "county")
    gone = set(counties) - set(counties[::part])
    rows = rows[~rows["area_fips"].isin(gone)]
    others = {name: t[~t["area_fips"].isin(gone)] for name, t in others.items()}
    start = time.perf_counter()
    estimate(rows, period.measure, period.estabs, history=others or None)
    print(len(counties[::part]), len(rows), time.perf_counter() - start)


def largest_gaps(filled: pd.DataFrame) -> dict[str, float]:
    """Return how far totals are at most from the sum of their parts, where all parts are there."""
    tree = build_hierarchy(filled)
    value, estabs = filled["estimate"].to_numpy(), filled["estabs"].to_numpy()
    gaps = {}
    for name, above in (("industries", tree.parent), ("counties", tree.state)):
        whole = (sum_parts(above, np.ones(len(tree))) > 0) & (sum_parts(above, estabs) == estabs)
        gap = np.abs(value - sum_parts(above, value))[whole]
        gaps[name] = float(gap.max(initial=0.0))
    return gaps


def show_quality(store: Path) -> None:
    """Print the scores of both states."""
    for state in ("08", "39"):
        scores = compare_period(Store(store), state, Period(2016, "1"))
        for _, of_kind in scores.groupby("kind", sort=False):
            out.print(score_table(of_kind))
            print()
    print(LEGEND)
    filled = estimate_period(Store(store), "08", Period(2016, "1")).cells
    for name, gap in largest_gaps(filled[[*KEY, "agglvl_code", "estabs", "estimate"]]).items():
        print(f"Colorado: {name} add up to every total within {gap:.2g} jobs")


def show_governments(store: Path) -> None:
    """Print how far cells of governments in 2021 are from what was disclosed of 2022.

    The agency discloses nearly all of government from 2022 on. A year lies between the two, and
    what happened in it counts as error.
    """
    found, opened = [], Store(store)
    period, truth = Period(2021), Period(2022)
    rows, history = read_rows(opened, "39", period), read_history(opened, "39", period)
    cells = flip_cells(rows, read_rows(opened, "39", truth), GOVERNMENTS)
    unseen = {name: table[table["year"] < truth.year] for name, table in history.items()}
    for name, others in (("one period", None), ("all periods", history), ("2022 unseen", unseen)):
        filled = estimate(rows, period.measure, period.estabs, history=others).cells
        joined = cells.merge(filled[[*KEY, "estimate", "lo", "hi"]], on=KEY, validate="1:1")
        found.append(score(joined).assign(method=f"estimate, {name}"))
    table = score_table(pd.concat(found).assign(state_fips="39", period="2021", kind="flip"))
    table.title = "Ohio 2021: withheld cells of governments that are disclosed of 2022"
    out.print(table)


def members(state: str, year: int) -> pd.DataFrame:
    """Return the private cells of every region × candidate of a state."""
    config = load_state(state)
    cells = candidate_cells(load_candidates(config), naics.naics_year(year))
    counties = [(r.key, county) for r in config.regions for county in r.counties]
    places = pd.DataFrame(counties, columns=["region", "area_fips"])
    both = cells[cells["own_code"] == "5"].merge(places, how="cross")
    return both.assign(group=both["region"] + "/" + both["candidate"])


def show_sums(store: Path) -> None:
    """Print how often the intervals of region × candidate sums of masked cells hold."""
    period = Period(2016, "1")
    for slug in ("colorado", "ohio"):
        state = load_state(slug)
        rows = read_rows(Store(store), state.state_fips, period)
        found = []
        for seed in SEEDS:
            masked = mask(rows, period.measure, period.estabs, seed=seed)
            filled = estimate_employment_and_wages(masked.rows.rename(columns=AS_A_YEAR))
            found.append(
                judge_sums(masked.cells, filled.cells, filled.emplvl, members(slug, period.year))
            )
        scored = score_sums(pd.concat(found))
        print(
            f"{state.name}: {scored['sums']:.0f} sums of masked cells, region × candidate: error "
            f"{scored['wape']:.3f}, covered {scored['coverage']:.1%}, width {scored['width']:.3f}"
        )


def show_cost(store: Path) -> None:
    """Print what one state and quarter costs, and how cost grows with counties."""
    for label, history in (("with all periods", True), ("with one period", False)):
        n, seconds, megabytes = in_a_process("--store", store, "--way", f"command-{int(history)}")
        print(
            f"lmi estimate 08 {label:16s} {int(n):,} cells {float(seconds):6.2f} s"
            f"   peak {float(megabytes):5.0f} MB   (at most 10 s, 2,000 MB)"
        )
    for part in PARTS:
        counties, n, seconds = in_a_process("--store", store, "--way", f"part-{part}")
        each = 1e6 * float(seconds) / int(n)
        cells = f"{int(counties):3d} counties {int(n):7,} cells"
        print(f"{cells} {float(seconds):6.2f} s {each:5.0f} µs each")


def main() -> None:
    """Parse the command line and print the tables."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "--store",
        type=Path,
        required=True,
        help="with 2016 quarters of 08 and 39, and 2020 to 2022 of 39",
    )
    parser.add_argument("--way", help=argparse.SUPPRESS)
    parser.add_argument("--only", choices=("quality", "cost"))
    args = parser.parse_args()
    if args.way:
        way, number = args.way.split("-")
        if way == "command":
            command(args.store, "08", bool(int(number)))
        else:
            one_in(args.store, "08", int(number), history=True)
        return
    if args.only != "quality":  # first: a child's peak of memory counts from its parent's
        show_cost(args.store)
    if args.only != "cost":
        show_quality(args.store)
        show_sums(args.store)
        show_governments(args.store)


if __name__ == "__main__":
    main()
