"""Time the robustness of a ranking: 10,000 weights × 20 candidates × 7 criteria, 200 draws of data.

Beside it, on fewer draws and scaled: the same draw by draw in numpy, the weighted sums and ranks
alone of pymcdm and of scikit-criteria where they are installed, which have no robustness; and the
floor, one product of matrices and one sort. Every way works on the same weights and values.
"""

from __future__ import annotations

import argparse
import importlib
import statistics
import time
from collections.abc import Callable
from functools import partial
from types import ModuleType

import numpy as np

from lmi.scoring.group_ranking import group_smaa
from lmi.scoring.methods import compare_methods
from lmi.scoring.smaa import smaa
from lmi.scoring.stability import hangs_on, switching_weights
from lmi.scoring.weights import uniform_weights, weights_around, weights_in_order

AT_MOST_MS = 40
FEWER = 200  # draws of the slow ways


def median_ms(run: Callable[[], object], runs: int) -> float:
    """Run once to warm up, then several times."""
    run()
    times = []
    for _ in range(runs):
        start = time.perf_counter()
        run()
        times.append(1000 * (time.perf_counter() - start))
    return statistics.median(times)


def draw_by_draw(values: np.ndarray, weights: np.ndarray) -> np.ndarray:
    """Rank, count ranks and pairs, one draw after the other."""
    n, _, d = values.shape
    acceptability, beats = np.zeros((n, n)), np.zeros((n, n))
    central = np.zeros((n, weights.shape[1]))
    for i, weight in enumerate(weights):
        score = values[:, :, i % d] @ weight
        order = np.argsort(-score)
        acceptability[order, np.arange(n)] += 1
        central[order[0]] += weight
        beats += score[:, None] > score[None, :]
    return acceptability / len(weights)


def floor(values: np.ndarray, weights: np.ndarray) -> np.ndarray:
    """Only score and sort, without draws of the data."""
    return np.argsort(weights @ values[:, :, 0].T, axis=1)


def installed(name: str) -> ModuleType | None:
    """Return a library, or say that it is not there."""
    try:
        return importlib.import_module(name)
    except ImportError:
        print(f"{name} is not installed and left out")
        return None


def as_it_is(x: np.ndarray, cost: bool = False) -> np.ndarray:
    """Leave values as they are, since anchors have made them comparable."""
    return x


def other_libraries() -> dict[str, Callable[[np.ndarray, np.ndarray], object]]:
    """Return weighted sum and ranks, draw by draw, by each library that is installed."""
    found: dict[str, Callable[[np.ndarray, np.ndarray], object]] = {}
    if installed("pymcdm"):
        methods = importlib.import_module("pymcdm.methods")
        helpers = importlib.import_module("pymcdm.helpers")
        wsm, better = methods.WSM(as_it_is), np.ones

        def by_pymcdm(values: np.ndarray, weights: np.ndarray) -> None:
            for i, weight in enumerate(weights):
                matrix = values[:, :, i % values.shape[2]]
                helpers.rrankdata(wsm(matrix, weight, better(len(weight)), validation=False))

        found["pymcdm, weighted sum and ranks"] = by_pymcdm
    if skc := installed("skcriteria"):
        simple = importlib.import_module("skcriteria.agg.simple")

        def by_skcriteria(values: np.ndarray, weights: np.ndarray) -> None:
            for i, weight in enumerate(weights):
                matrix = values[:, :, i % values.shape[2]]
                problem = skc.mkdm(matrix, [max] * len(weight), weights=weight)
                simple.WeightedSumModel().evaluate(problem)

        found["scikit-criteria, weighted sum and ranks"] = by_skcriteria
    return found


def show_smaa(values: np.ndarray, weights: np.ndarray, runs: int) -> bool:
    """Print times and ratios; return whether the limit is kept."""
    k = len(weights)
    here = median_ms(lambda: smaa(values, weights), runs)
    least = median_ms(lambda: floor(values, weights), runs)
    rows = [("here: smaa", here, ""), ("floor: one product, one sort", least, "")]
    slow = {"numpy, draw by draw": draw_by_draw, **other_libraries()}
    for name, way in slow.items():
        few = weights[: min(FEWER, k)]
        took = median_ms(partial(way, values, few), 3)
        rows.append((name, took * k / len(few), f"scaled from {len(few)} draws"))
    for name, took, note in rows:
        print(f"{name:42s} {took:12,.1f} ms {took / here:10,.2f} × here   {note}")
    kept = here <= AT_MOST_MS
    print(f"at most {AT_MOST_MS} ms: {'yes' if kept else 'no'} ({here:.1f} ms)")
    return kept


def show_others(values: np.ndarray, weights: np.ndarray, runs: int) -> None:
    """Print what else a redrawn ranking costs."""
    n, m, _ = values.shape
    generator = np.random.default_rng(1)
    gaps = np.where(generator.random((n, m, 1)) < 0.1, np.nan, values)
    known = values[:, :, 0]
    stated = weights[0]
    people = weights_around(np.ones(m), 100)
    cases: list[tuple[str, Callable[[], object]]] = [
        ("smaa, a tenth of the criteria missing", lambda: smaa(gaps, weights)),
        ("smaa, one draw of the data", lambda: smaa(known, weights)),
        ("smaa of 100 people × all draws", lambda: group_smaa(values, people)),
        ("draw uniform weights", lambda: uniform_weights(m, len(weights))),
        ("draw weights around others", lambda: weights_around(stated, len(weights))),
        ("draw weights in an order", lambda: weights_in_order(range(m), len(weights))),
        ("switching weights", lambda: switching_weights(known, stated)),
        ("what each rank hangs on", lambda: hangs_on(known, stated)),
        ("compare methods", lambda: compare_methods(known, stated)),
    ]
    for name, run in cases:
        print(f"{name:42s} {median_ms(run, runs):12,.1f} ms")


def main() -> None:
    """Parse the command line and print the tables."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--draws", type=int, default=10_000, help="of the weights")
    parser.add_argument("--candidates", type=int, default=20)
    parser.add_argument("--criteria", type=int, default=7)
    parser.add_argument("--data-draws", type=int, default=200)
    parser.add_argument("--runs", type=int, default=15)
    args = parser.parse_args()
    generator = np.random.default_rng(0)
    centre = generator.random((args.candidates, args.criteria, 1))
    noise = generator.normal(0, 0.05, (args.candidates, args.criteria, args.data_draws))
    values = np.clip(centre + noise, 0, 1)
    weights = uniform_weights(args.criteria, args.draws)
    kept = show_smaa(values, weights, args.runs)
    show_others(values, weights, args.runs)
    raise SystemExit(not kept)


if __name__ == "__main__":
    main()
