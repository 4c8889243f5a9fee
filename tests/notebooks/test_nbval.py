"""Every notebook is committed executed on the sample, and runs again to the same output.

nbval compares text and tables cell by cell and leaves pictures out; those are tested through
their Axes. A cell that was never executed would be compared with nothing, so there is none.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections import defaultdict
from pathlib import Path
from xml.etree import ElementTree

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


@pytest.fixture(scope="module")
def ran(
    sample_store: Path, tmp_path_factory: pytest.TempPathFactory
) -> dict[str, list[tuple[str, str]]]:
    """What became of each cell, by notebook; one run of nbval goes through them all."""
    report = tmp_path_factory.mktemp("nbval") / "report.xml"
    command = [
        sys.executable, "-m", "pytest", "--nbval", *map(str, NOTEBOOKS), "-q", "--no-header",
        "--nbval-cell-timeout=300", f"--nbval-sanitize-with={SANITIZE}",
        f"--junitxml={report}", "-p", "no:cacheprovider", "-o", "addopts=",
    ]  # fmt: skip
    done = subprocess.run(
        command, cwd=ROOT, capture_output=True, text=True,
        env={**os.environ, "LMI_STORE": str(sample_store)},
    )  # fmt: skip
    assert done.returncode in (0, 1), done.stdout + done.stderr
    cells = defaultdict(list)
    for case in ElementTree.parse(report).iter("testcase"):
        trouble = "\n".join(f"{each.tag}: {each.text}" for each in case)
        of = case.attrib["classname"].removesuffix(".ipynb").rpartition(".")[2]
        cells[of].append((case.attrib["name"], trouble))
    return cells


@pytest.mark.slow
@pytest.mark.parametrize("notebook", NOTEBOOKS, ids=lambda n: n.stem)
def test_it_runs_again_to_the_same_output(notebook, ran):
    cells = ran[notebook.stem]
    assert [f"{name}: {trouble}"[:3000] for name, trouble in cells if trouble] == []
    assert len(cells) == len(code_cells(notebook))
