"""A scheduler and workers of a cluster on this machine, as processes that can be killed."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, NamedTuple

import psutil
from distributed import Client

PATIENCE_S = 600


class Machines(NamedTuple):
    """A scheduler, and workers with the folder of each."""

    address: str
    workers: dict[Path, subprocess.Popen[bytes]]


def wait_for(what: Callable[[], Any], patience: float = PATIENCE_S) -> Any:
    """Return what is found, once it is."""
    end = time.monotonic() + patience
    while not (found := what()):
        assert time.monotonic() < end, f"nothing came of {what} in {patience} s"
        time.sleep(0.05)
    return found


@contextmanager
def cluster(workers: int) -> Iterator[Machines]:
    """Run a scheduler and so many workers of one task each, until left.

    In a folder of a short path: processes are forked by way of a socket in it.
    """
    with TemporaryDirectory(ignore_cleanup_errors=True) as place:
        yield from _cluster(Path(place), workers)


def _cluster(folder: Path, workers: int) -> Iterator[Machines]:
    told = folder / "scheduler.json"
    env = {**os.environ, "PYTHONPATH": str(Path(__file__).resolve().parents[2])}
    started: list[subprocess.Popen[bytes]] = []

    def start(place: Path, *words: str) -> subprocess.Popen[bytes]:
        place.mkdir()
        log = (place / "log").open("wb")
        command = [sys.executable, *words]
        own = {**env, "TMPDIR": str(place)}  # where a worker works
        started.append(subprocess.Popen(command, cwd=place, env=own, stdout=log, stderr=log))
        return started[-1]

    try:
        start(
            folder / "scheduler", "-m", "distributed.cli.dask_scheduler", "--host", "127.0.0.1",
            "--port", "0", "--no-dashboard", "--scheduler-file", str(told),
        )  # fmt: skip
        wait_for(told.exists)
        address = json.loads(told.read_text())["address"]
        program = "from lmi.cli import main\nif __name__ == '__main__': main()"
        places = [folder / f"worker-{number}" for number in range(workers)]
        running = {p: start(p, "-c", program, "worker", address, "--jobs", "1") for p in places}
        with Client(address) as client:
            wait_for(
                lambda: _all_run(running) and len(client.scheduler_info()["workers"]) == workers
            )
        yield Machines(address, running)
    finally:
        for process in started:
            process.kill()
            process.wait()


def _all_run(workers: dict[Path, subprocess.Popen[bytes]]) -> bool:
    for place, process in workers.items():
        assert process.poll() is None, (place / "log").read_text()
    return True


def kill_in_the_middle(machines: Machines, batch: Future[Any]) -> list[psutil.Process]:
    """Kill a worker while it makes a profile; return the processes that worked for it."""

    def begun() -> list[Path]:
        assert _all_run(machines.workers)
        assert not batch.done(), f"it ended before anything was made: {batch.result()}"
        # of what is walked through some goes meanwhile
        folders = (one for w in machines.workers for one in os.walk(w))
        return [Path(f, n) for f, names, _ in folders for n in names if n.startswith(".partial-")]

    at = wait_for(begun)[0]
    process = next(p for folder, p in machines.workers.items() if at.is_relative_to(folder))
    helpers = psutil.Process(process.pid).children(recursive=True)
    process.kill()
    process.wait()
    return helpers
