"""Kernels and workers that begin with everything imported.

A notebook's kernel costs three seconds of imports before its first cell. Here one process imports
them once and forks a kernel for each notebook, Python's own `multiprocessing` fork server being
that process: it has no threads, so a fork is safe, and it ends when this process does. Papermill
and the kernel are the usual ones, but for waits that serve whoever sits before a kernel. Where
there is no fork, kernels start as they always do.
"""

from __future__ import annotations

import gc
import multiprocessing
import os
import signal
import sys
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import suppress
from functools import cache
from multiprocessing.process import BaseProcess
from pathlib import Path
from queue import Empty
from typing import TYPE_CHECKING, Any, TypeVar
from weakref import WeakSet

from jupyter_client.asynchronous.client import AsyncKernelClient
from jupyter_client.connect import KernelConnectionInfo
from jupyter_client.manager import AsyncKernelManager
from jupyter_client.provisioning.local_provisioner import LocalProvisioner

if TYPE_CHECKING:
    from multiprocessing.context import ForkServerContext, SpawnContext

__all__ = ["CONNECTION", "apart", "kernels_with", "stop_all", "warm_up"]

PRELOADED = (
    "bs4", "ipykernel.kernelapp", "ipykernel.zmqshell", "lmi.batch.formats", "lmi.report.pdf",
    "lmi.report.profile", "lmi.report.profile_page", "lmi.report.summary", "lmi.report.workbook",
    "lmi.scorecard.sections", "matplotlib.backends.backend_agg", "matplotlib.backends.backend_svg",
    "matplotlib_inline.backend_inline", "nbconvert.exporters.html", "PIL.PngImagePlugin", "typst",
    "lmi.cli",  # which each fork would import to be what the user has started, but for its run
)  # fmt: skip
LAUNCHER = "ipykernel_launcher"
CONNECTION = ".kernel.json"
GONE_S = 2
SAFE = "PYTHONSAFEPATH"
LOCAL = ("--HistoryManager.enabled=False", "--IPKernelApp.ip=127.0.0.1")
NO_DEBUGGER = "debugpy"  # to import it takes longer than all else that a kernel begins with
T = TypeVar("T")
_kept = threading.local()


@cache
def _context() -> SpawnContext | ForkServerContext:
    """How processes start: forked from one that has imported all, or anew where there is no fork.

    Never forked from this process: it has threads (polars), which do not survive a fork. Nor do
    they look for modules where the user is: a `random.py` there would stand for Python's own.
    """
    was_set = SAFE in os.environ
    os.environ.setdefault(SAFE, "1")
    if "forkserver" in multiprocessing.get_all_start_methods():
        from multiprocessing.forkserver import ensure_running

        context = multiprocessing.get_context("forkserver")
        context.set_forkserver_preload(list(PRELOADED))
        with suppress(OSError):  # a folder of temporary files whose path is too long for a socket
            ensure_running()
            if not was_set:
                del os.environ[SAFE]  # what is forked from it has it
            return context
    return multiprocessing.get_context("spawn")


def warm_up() -> None:
    """Begin to import what kernels need, beside what this process does meanwhile."""
    _context()


def apart(function: Callable[..., T], *given: Any) -> T:
    """Call a function in a process that this thread keeps for the purpose.

    Raises
    ------
    BrokenProcessPool
        The process was killed; the next call has another one.
    """
    if not hasattr(_kept, "process"):
        _kept.process = ProcessPoolExecutor(1, _context(), _begin)
    try:
        result: T = _kept.process.submit(function, *given).result()
    except BrokenProcessPool:
        del _kept.process
        raise
    return result


def stop_all() -> None:
    """End all kernels that were forked and still run."""
    for process in list(_running):
        process.kill()


def kernels_with(variables: Mapping[str, str], folder: Path) -> type[AsyncKernelManager]:
    """Make what starts kernels in a folder, with some variables beside those of this process."""

    class Kernels(AsyncKernelManager):
        """Starts a kernel for papermill."""

        client_factory = _Client

        def start_kernel(self, **given: Any) -> Any:
            """Start it; how to reach it is written where it works, and goes with that folder."""
            self.connection_file = str(folder / CONNECTION)
            if _context().get_start_method() == "forkserver":
                self.provisioner = _Forked(
                    parent=self, kernel_id=self.kernel_id or "", kernel_spec=self.kernel_spec
                )
            given |= {"env": {**os.environ, **variables}, "cwd": str(folder)}
            return super().start_kernel(**given)

    return Kernels


class _Client(AsyncKernelClient):
    """Speaks to a kernel that is new, which has nothing to say of earlier work."""

    async def wait_for_ready(self, timeout: float | None = None) -> None:
        """Wait until it answers and is heard; the usual client then listens for .2 s of silence.

        Raises
        ------
        RuntimeError
            It died, or does not answer in time.
        """
        until = time.monotonic() + (timeout or float("inf"))
        while True:
            self.kernel_info()
            with suppress(Empty):
                reply = await self.get_shell_msg(timeout=1)
                await self.get_iopub_msg(timeout=0.2)
                self._handle_kernel_info_reply(reply)
                return
            if not await self.is_alive():
                raise RuntimeError("The kernel died before it answered")
            if time.monotonic() > until:
                raise RuntimeError(f"The kernel did not answer within {timeout} seconds")


class _Forked(LocalProvisioner):
    """Starts a kernel by a fork; all else is as for one that is started by a command."""

    async def launch_kernel(self, cmd: list[str], **kwargs: Any) -> KernelConnectionInfo:
        """Start the kernel that a command would start."""
        if LAUNCHER not in cmd:  # a kernel that is none of Python's
            return await super().launch_kernel(cmd, **kwargs)
        argv = [*cmd[cmd.index(LAUNCHER) + 1 :], *LOCAL]
        started = _Process(argv, kwargs["env"], kwargs["cwd"])
        self.process: Any = started
        self.pid = self.pgid = started.pid
        return self.connection_info


class _Process:
    """A forked kernel, as the provisioner knows processes."""

    stdin = stdout = stderr = None

    def __init__(self, argv: Sequence[str], env: Mapping[str, str], cwd: str) -> None:
        self._process: BaseProcess = _context().Process(
            target=_run, args=(list(argv), dict(env), cwd), daemon=True
        )
        self._process.start()
        self.pid = self._process.pid
        _running.add(self)

    def poll(self) -> int | None:
        """Return its exit code, nothing while it runs."""
        return self._process.exitcode

    def wait(self) -> int | None:
        """Wait until it has ended."""
        self._process.join()
        return self._process.exitcode

    def send_signal(self, signum: int) -> None:
        """Send a signal to a kernel that may have ended already."""
        if self.pid is not None and self.poll() is None:
            os.kill(self.pid, signum)

    def kill(self) -> None:
        """End it at once; who asks again whether it runs would do so after a tenth of a second."""
        self.send_signal(signal.SIGKILL)
        self._process.join(GONE_S)

    def terminate(self) -> None:
        """Ask it to end."""
        self.send_signal(signal.SIGTERM)


_running: WeakSet[_Process] = WeakSet()


def _run(argv: list[str], env: dict[str, str], cwd: str) -> None:
    """Be a kernel."""
    from ipykernel.kernelapp import IPKernelApp

    os.setsid()
    os.chdir(cwd)
    os.environ.clear()
    os.environ.update(env)
    sys.modules[NO_DEBUGGER] = None  # type: ignore[assignment]
    _begin()
    IPKernelApp.launch_instance(argv)


def _begin() -> None:
    """Be a process of its own, which looks for garbage among what it makes itself.

    Going through all that it begins with takes a tenth of a profile and copies what forks share.
    """
    gc.freeze()
    _end_with_parent()


def _end_with_parent() -> None:
    """End this process when the one that it works for is gone, killed without a word even.

    The process that it was forked from stays as long as any of its forks, so nothing follows from
    that one being there.
    """

    def watch() -> None:
        if parent := multiprocessing.parent_process():
            parent.join()
            os._exit(1)

    threading.Thread(target=watch, daemon=True).start()
