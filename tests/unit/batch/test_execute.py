"""A notebook is run on the store and the definitions of its job, and leaves this process alone."""

from __future__ import annotations

import os
from pathlib import Path

import nbformat
import pytest

from lmi import locations
from lmi.batch.execute import places_of, portable, run_notebook
from lmi.batch.plan import NOTEBOOK, Job

ASKS = "from lmi import locations\nprint(locations.store_dir(), locations.regions_dir(), region)"


def test_the_kernel_reads_the_places_of_its_job(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    cells = [
        nbformat.v4.new_code_cell("region = ''", metadata={"tags": ["parameters"]}),
        nbformat.v4.new_code_cell(ASKS),
    ]
    of_python = {"kernelspec": {"name": "python3", "display_name": "", "language": "python"}}
    nbformat.write(nbformat.v4.new_notebook(metadata=of_python, cells=cells), tmp_path / NOTEBOOK)
    monkeypatch.setattr(locations, "notebooks_dir", lambda: tmp_path)
    monkeypatch.setenv("LMI_STORE", "elsewhere")
    before = dict(os.environ)
    store, regions = tmp_path / "the store", tmp_path / "$regions"
    job = Job("sample", "crossway", 2023, tmp_path, tmp_path, store, regions)
    [told] = (
        run_notebook(NOTEBOOK, job.parameters, tmp_path, places_of(store, regions))
        .cells[-1]
        .outputs
    )
    assert told.text == f"{store} {regions} sample/crossway\n"
    assert dict(os.environ) == before


@pytest.mark.parametrize(
    "name", ["plain", "Zoé's état", 'a "b" c', "back\\slash", "地区", "%20$x{y}"]
)
def test_no_folder_of_a_run_is_part_of_its_notebook_whatever_it_is_called(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    cell = nbformat.v4.new_code_cell("out = ''", metadata={"tags": ["parameters"]})
    of_python = {"kernelspec": {"name": "python3", "display_name": "", "language": "python"}}
    nbformat.write(nbformat.v4.new_notebook(metadata=of_python, cells=[cell]), tmp_path / NOTEBOOK)
    monkeypatch.setattr(locations, "notebooks_dir", lambda: tmp_path)
    out, tables = tmp_path / name / ".partial-x", tmp_path / name / "tables"
    given = {"out": str(out), "tables": str(tables)}
    ran = run_notebook(NOTEBOOK, given, tmp_path, places_of(tmp_path, tmp_path))
    portable(ran, {out: ".", tables: "../tables"})
    [injected] = [c for c in ran.cells if "injected-parameters" in c.metadata.get("tags", [])]
    assert injected.source == '# Parameters\nout = "."\ntables = "../tables"\n'
