"""The same batch on a Dask cluster: states and regions as tasks, results written by the workers."""

from __future__ import annotations

import logging
import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from lmi.assessment.opening import Say
from lmi.batch.execute import ProfileResult, first_sentence
from lmi.batch.journal import write_alone
from lmi.batch.kernels import warm_up
from lmi.batch.order import Order
from lmi.batch.remote import is_url
from lmi.batch.run import Batch, Progress, Results
from lmi.batch.steps import Begun
from lmi.batch.tasks import Shared, begin_there, finish_there, profile_there
from lmi.config import StateConfig, named_state
from lmi.errors import LmiError

if TYPE_CHECKING:
    from distributed import Client, Future, as_completed

__all__ = ["HERE", "batch_states", "connect", "work"]

HERE = "local"
"""In place of an address: a scheduler and a worker in this process."""
RETRIES = 2
ANSWER_S = 20
JOIN_S = 180
"""A worker loads all that a profile needs before it joins: seconds, or a minute on a busy disk."""
LOOPBACK = "127.0.0.1:0"
NO_DASK = "A cluster needs Dask; install it by `pip install 'lmi[cluster]'`."
START = "start one by `dask scheduler`, which says its address."
LOST = "its worker was lost again and again, perhaps for lack of memory"
ORDER_OF_STEPS = {"begin": 0, "profile": 1, "finish": 2}
"""What is further goes first, so that states are done one after the other."""


@contextmanager
def _alone(client: Client, shared: Shared, slug: str) -> Iterator[Path | None]:
    """Hold a state's outputs; behind a URL it is the scheduler that knows who does."""
    if not is_url(shared.outputs):
        folder = Path(shared.outputs) / slug
        with write_alone(folder):
            yield folder
        return
    from distributed import Semaphore

    lease = Semaphore(1, name=f"{shared.outputs}/{slug}", scheduler_rpc=None, loop=client.loop)
    if not lease.acquire(timeout="1s"):
        raise LmiError(f"Another batch writes {shared.outputs}/{slug}; wait for it.")
    try:
        yield None
    finally:
        lease.release()


@dataclass
class _Going:
    """A state of which tasks are on the cluster."""

    state: StateConfig
    results: Results
    begun: Begun | None = None
    waiting: int = 0
    left: int = 0


@dataclass
class _Run:
    """A batch on a cluster, and what it asked for that has not come yet."""

    client: Client
    order: Order
    shared: Shared
    limit: int | None
    force: bool
    line: as_completed
    asked: dict[Any, tuple[str, _Going, str]] = field(default_factory=dict)

    def ask(
        self, going: _Going, step: str, region: str, task: Callable[..., Any], *given: Any
    ) -> None:
        """Submit a task; it runs again elsewhere where its worker is lost."""
        future = self.client.submit(
            task, *given, pure=False, retries=RETRIES, priority=ORDER_OF_STEPS[step]
        )
        self.asked[future.key] = step, going, region
        self.line.add(future)

    def begin(self, going: _Going) -> None:
        """Ask for a state's tables."""
        self.ask(
            going, "begin", "", begin_there, going.state.slug, self.order, self.shared, self.force
        )

    def take(self, future: Future) -> tuple[str, Batch | LmiError] | None:
        """Take in what came, and ask for what follows; a state that is done is returned."""
        step, going, region = self.asked.pop(future.key)
        error = future.exception()
        came: Any = _said(error) if error else future.result()
        if step == "profile":
            going.results.add(ProfileResult(region, "failed", came) if error else came)
            going.waiting -= 1
        elif isinstance(came, str):
            return going.state.slug, LmiError(came)
        elif step == "begin":
            self._make(going, came)
        else:
            return going.state.slug, self._done(going)
        if not going.waiting:
            found = going.results.in_order
            self.ask(going, "finish", "", finish_there, going.begun, found, self.shared, self.force)
        return None

    def _make(self, going: _Going, begun: Begun) -> None:
        for known in begun.known:
            going.results.add(known)
        todo = begun.todo[: self.limit]
        going.begun, going.waiting, going.left = begun, len(todo), len(begun.todo) - len(todo)
        for job in todo:
            self.ask(going, "profile", job.region, profile_there, job, self.shared)

    def _done(self, going: _Going) -> Batch:
        assert going.begun is not None
        place = f"{self.shared.outputs.rstrip('/')}/{going.state.slug}"
        year = going.begun.shared.year
        return Batch(going.state, year, place, going.results.in_order, going.left)


def _said(error: BaseException) -> str:
    from distributed import KilledWorker

    if isinstance(error, KilledWorker):
        return LOST
    return first_sentence(error) if isinstance(error, Exception) else type(error).__name__


def batch_states(
    client: Client,
    slugs: Sequence[str],
    order: Order,
    shared: Shared,
    regions: Path,
    *,
    limit: int | None = None,
    force: bool = False,
    progress: Progress = lambda slug, made, of: None,
) -> Iterator[tuple[str, Batch | LmiError]]:
    """Make the profiles of states on a cluster; yield each as it is done, or why it is not.

    A task whose worker is lost runs again on another; one that fails again and again, as where an
    output cannot be sent, fails alone.
    """
    from distributed import as_completed

    run = _Run(client, order, shared, limit, force, as_completed([]))
    with ExitStack() as held:
        for slug in slugs:
            try:
                state = named_state(slug, regions)
                folder = held.enter_context(_alone(client, shared, slug))
                going = _Going(state, Results(folder, state, order, progress))
            except LmiError as error:
                yield slug, error
                continue
            run.begin(going)
        for future in run.line:
            if done := run.take(future):
                yield done


@contextmanager
def connect(address: str, workers: int | None, say: Say = lambda text: None) -> Iterator[Client]:
    """Reach a scheduler that has workers; `HERE` is one with so many of its own in this process.

    Raises
    ------
    LmiError
        Dask is not installed, or nothing answers, or no worker has joined.
    """
    try:
        from distributed import Client, LocalCluster
    except ImportError:
        raise LmiError(NO_DASK) from None
    if workers and address != HERE:
        raise LmiError(
            f"How much is made at a time is for the workers at {address} to say: `lmi worker "
            "--jobs`; leave --jobs out."
        )
    warm_up()
    with ExitStack() as held:
        if address == HERE:
            at: Any = held.enter_context(
                LocalCluster(
                    n_workers=1, threads_per_worker=workers or os.cpu_count(), processes=False,
                    dashboard_address=LOOPBACK, worker_dashboard_address=LOOPBACK,
                    silence_logs=logging.ERROR,
                )
            )  # fmt: skip
        else:
            at = address
        try:
            client = held.enter_context(Client(at, timeout=ANSWER_S))
        except (OSError, ValueError, TimeoutError) as error:
            raise LmiError(
                f"No scheduler answers at {address} ({first_sentence(error)}); {START}"
            ) from error
        try:
            if not client.scheduler_info()["workers"]:
                say(f"Waiting for a worker to join {address}…")
            client.wait_for_workers(1, timeout=JOIN_S)
        except TimeoutError:
            raise LmiError(
                f"The scheduler at {address} has no worker; start some by `lmi worker {address}`."
            ) from None
        yield client


def work(address: str, jobs: int | None) -> None:
    """Be a worker of a scheduler, for so many tasks at a time, until that ends."""
    import asyncio

    try:
        from distributed import Worker
        from distributed.comm.addressing import get_address_host_port
    except ImportError:
        raise LmiError(NO_DASK) from None

    async def run() -> None:
        worker = await Worker(address, nthreads=jobs or os.cpu_count(), dashboard=False)
        await worker.finished()

    try:
        get_address_host_port(address)
    except ValueError as error:
        raise LmiError(f"{address} is no scheduler's address ({error}); {START}") from error
    warm_up()
    asyncio.run(run())
