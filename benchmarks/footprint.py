"""How soon a footprint is judged, and every sector in it with one county more and one less.

Beside the naive way: each changed footprint measured by itself, as if it were the region. The
command in a process of its own stands beside loading what it needs, which is its floor. The store
must have the state's jobs and its commuting, and has been estimated.
"""

from __future__ import annotations

import argparse
import statistics
import subprocess
import sys
import time
from collections.abc import Callable

from lmi.assessment.footprint import open_footprint
from lmi.assessment.footprint_study import footprint_evidence
from lmi.assessment.footprint_tables import footprints_of
from lmi.assessment.opening import open_region

AIMS = {"judged": 1.0, "one more and one less": 3.0}
"""Seconds."""
LOADING = "import lmi.cli.footprints, lmi.assessment.live_state, lmi.assessment.footprint_study"
COMMAND = "from lmi.cli import main; main()"


def timed(act: Callable[[], object]) -> float:
    """Seconds that it takes."""
    began = time.perf_counter()
    act()
    return time.perf_counter() - began


def run(code: str, *words: str) -> None:
    """Run code in a process of its own, whose output nobody reads."""
    subprocess.run([sys.executable, "-c", code, *words], stdout=subprocess.DEVNULL, check=True)


def main() -> None:
    """Measure regions, the naive way once each."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("store")
    parser.add_argument("regions", nargs="+", help="STATE/REGION")
    parser.add_argument("--times", type=int, default=3)
    given = parser.parse_args()
    for name in given.regions:
        opened = open_region(name, store=given.store)
        region = opened.region

        def judged() -> object:
            market = open_footprint(opened.store, region)  # noqa: B023
            return market.size, market.effects

        live = opened.live(None)
        market = open_footprint(opened.store, region)
        changed = [
            region.model_copy(update={"counties": counties})
            for counties in footprints_of(market).values()
            if live.areas.issuperset(counties)
        ]
        took = {
            "judged": [timed(judged) for _ in range(given.times)],
            "one more and one less": [
                timed(lambda: footprint_evidence(live, region, opened.asked, live.candidates))  # noqa: B023
                for _ in range(given.times)
            ],
        }
        print(f"{name}, {len(region.counties)} counties, {len(changed)} footprints")
        for what, seconds in took.items():
            middle = statistics.median(seconds)
            print(f"  {what:<22} {middle:5.2f} s   most {max(seconds):5.2f}   aim {AIMS[what]:.0f}")
        naive = timed(lambda: [live.measure(one, live.candidates) for one in changed])  # noqa: B023
        ratio = naive / statistics.median(took["one more and one less"])
        print(f"  {'one by one':<22} {naive:5.2f} s   {ratio:.1f} times as long, without ranks")
        words = ["footprint", name, "--candidate", live.candidates[0].key, "--store", given.store]
        whole, alone = (
            statistics.median(timed(lambda: run(code, *words)) for _ in range(given.times))  # noqa: B023
            for code in (COMMAND, LOADING)
        )
        print(
            f"  {'the command, all of it':<22} {whole:5.2f} s   {whole / alone:.1f} times loading"
        )


if __name__ == "__main__":
    main()
