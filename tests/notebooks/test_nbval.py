"""Every notebook is committed executed on the sample, and runs again to the same output.

nbval compares text and tables cell by cell and leaves pictures out; those are tested through
their Axes. A cell that was never executed would be compared with nothing, so there is none.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SANITIZE = Path(__file__).with_name("sanitize.cfg")
NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.ipynb"))


def code_cells(notebook: Path) -> list[dict]:
    cells = json.loads(notebook.read_text(encoding="utf-8"))["cells"]
    return [c for c in cells if c["cell_type"] == "code"]


def test_there_are_notebooks():
    assert [n.name for n in NOTEBOOKS]


@pytest.mark.parametrize("notebook", NOTEBOOKS, ids=lambda n: n.stem)
def test_it_is_committed_executed_and_thin(notebook):
    cells = code_cells(notebook)
    assert all(c["execution_count"] for c in cells), "execute it on the sample: make notebooks"
    assert sum("parameters" in c["metadata"].get("tags", []) for c in cells) == 1
    for cell in cells:
        source = "".join(cell["source"])
        assert not any(word in source for word in ("def ", "try:", "except", "/home", "\\Users"))
        assert not any(o["output_type"] == "error" for o in cell["outputs"])


@pytest.mark.slow
@pytest.mark.parametrize("notebook", NOTEBOOKS, ids=lambda n: n.stem)
def test_it_runs_again_to_the_same_output(notebook, sample_store):
    command = [
        sys.executable, "-m", "pytest", "--nbval", str(notebook), "-q", "--no-header",
        "--nbval-cell-timeout=300", f"--nbval-sanitize-with={SANITIZE}",
        "-p", "no:cacheprovider", "-o", "addopts=",
    ]  # fmt: skip
    done = subprocess.run(
        command, cwd=ROOT, capture_output=True, text=True,
        env={**os.environ, "LMI_STORE": str(sample_store)},
    )  # fmt: skip
    assert done.returncode == 0, done.stdout[-3000:]
    assert f"{len(code_cells(notebook))} passed" in done.stdout
