"""Kernels that are forked: they know what they are told, end with whom they serve, fail alone."""

from __future__ import annotations

import asyncio
import os
import signal
import subprocess
import sys
import time
from concurrent.futures.process import BrokenProcessPool
from pathlib import Path
from queue import Empty

import nbformat
import papermill
import pytest
from nbclient.exceptions import DeadKernelError

from lmi.batch import kernels
from lmi.batch.kernels import apart, kernels_with
from tests.conftest import ROOT

pytestmark = pytest.mark.program
FORKS = sys.platform != "win32"


def run(folder: Path, source: str, **variables: str) -> str:
    """What a notebook of one cell prints."""
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(source)])
    notebook.metadata["kernelspec"] = {
        "name": "python3", "display_name": "Python 3", "language": "python",
    }  # fmt: skip
    path = folder / "one.ipynb"
    nbformat.write(notebook, path)
    made = papermill.execute_notebook(
        str(path), None, kernel_name="python3", progress_bar=False,
        kernel_manager_class=kernels_with(variables, folder),
    )  # fmt: skip
    return "".join(output["text"] for output in made.cells[-1].outputs)


def is_running(pid: int) -> bool:
    stat = Path(f"/proc/{pid}/stat")
    return stat.exists() and ") Z " not in stat.read_text()


def until(gone: int, seconds: float = 20) -> bool:
    end = time.monotonic() + seconds
    while is_running(gone) and time.monotonic() < end:
        time.sleep(0.05)
    return not is_running(gone)


def test_a_kernel_is_where_it_should_be_and_knows_what_it_was_told(tmp_path):
    source = (
        "import os, sys\n"
        "loaded = 'lmi.report.profile' in sys.modules\n"
        "print(os.getpid(), os.getcwd(), os.environ['LMI_STORE'], loaded, sep='\\n')"
    )
    pid, where, told, loaded = run(tmp_path, source, LMI_STORE="there").split()
    assert (Path(where), told, loaded) == (tmp_path, "there", str(FORKS))
    assert "LMI_STORE" not in os.environ or os.environ["LMI_STORE"] != "there"
    assert until(gone=int(pid)), "it has run its notebook and is still there"
    assert [p.name for p in tmp_path.iterdir()] == ["one.ipynb"]
    assert run(tmp_path, "print('loaded' in globals())").strip() == "False"


@pytest.mark.skipif(not FORKS, reason="kernels start as they always do")
def test_a_kernel_loads_no_debugger(tmp_path):
    """To load it takes longer than all else that a kernel begins with."""
    source = (
        "import sys\n"
        "print([name for name in sys.modules if 'pydevd' in name or name.startswith('debugpy.')])"
    )
    assert run(tmp_path, source).strip() == "[]"


class Silent(kernels._Client):
    """To a kernel that never answers."""

    def kernel_info(self, reply: bool = False, timeout: float | None = None) -> str:
        return ""

    async def get_shell_msg(self, *given: float, **named: float) -> dict:
        raise Empty

    async def is_alive(self) -> bool:
        return self.lives


@pytest.mark.parametrize(
    ("lives", "told"), [(False, "died before it answered"), (True, "did not answer within 0.01 s")]
)
def test_a_kernel_that_never_answers_is_told(lives, told):
    client = Silent()
    client.lives = lives
    with pytest.raises(RuntimeError, match=told):
        asyncio.run(client.wait_for_ready(timeout=0.01))


def test_a_kernel_that_is_killed_is_told_and_the_next_one_runs(tmp_path):
    with pytest.raises(DeadKernelError):
        run(tmp_path, "import os, signal\nos.kill(os.getpid(), signal.SIGKILL)")
    assert run(tmp_path, "print(6 * 7)").strip() == "42"


def test_a_process_that_is_killed_is_told_and_the_next_one_works():
    assert apart(os.getpid) not in (os.getpid(), 0)
    with pytest.raises(BrokenProcessPool):
        apart(os.abort)
    assert apart(abs, -3) == 3


@pytest.mark.skipif(not Path("/proc").exists(), reason="needs /proc to see other processes")
def test_neither_kernel_nor_worker_outlives_whom_it_serves_or_runs_what_lies_there(tmp_path):
    program = tmp_path / "program.py"
    program.write_text(
        "import os, sys; from pathlib import Path\n"
        "from tests.unit.batch.test_kernels import apart, run\n"
        "if __name__ == '__main__':\n"
        "    where = Path(sys.argv[1]); (where / 'worker').write_text(str(apart(os.getpid)))\n"
        "    run(where, 'import os, time, pathlib\\n'\n"
        "        'pathlib.Path(\"pid\").write_text(str(os.getpid()))\\ntime.sleep(600)')\n"
    )
    folder = tmp_path / "a user's"
    folder.mkdir()
    (folder / "random.py").write_text("raise SystemExit('it was taken for Python\\'s own')")
    started = subprocess.Popen(
        [sys.executable, program, tmp_path],
        cwd=folder, env={**os.environ, "PYTHONPATH": str(ROOT)},
    )  # fmt: skip
    pid = tmp_path / "pid"
    end = time.monotonic() + 60
    while not (pid.exists() and pid.read_text()) and time.monotonic() < end:
        time.sleep(0.05)
    started.send_signal(signal.SIGKILL)
    started.wait()
    assert until(gone=int(pid.read_text()))
    assert until(gone=int((tmp_path / "worker").read_text()))


def test_where_a_socket_has_no_place_processes_start_anew(monkeypatch):
    def refused() -> None:
        raise OSError("AF_UNIX path too long")

    monkeypatch.setenv(kernels.SAFE, "1")
    monkeypatch.setattr("multiprocessing.forkserver.ensure_running", refused)
    assert kernels._context.__wrapped__().get_start_method() == "spawn"
