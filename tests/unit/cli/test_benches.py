"""The notebook of the analyst's bench, written for a region."""

from __future__ import annotations

import shlex
from pathlib import Path

import nbformat

from tests.unit.cli.conftest import REGIONS, Lmi


def test_the_notebook_of_a_region_opens_its_bench_and_is_never_written_over(
    lmi: Lmi, tmp_path: Path
) -> None:
    done = lmi("bench", "ferrow-valley", "--folder", str(tmp_path / "a b"))
    assert done.status == 0, done.err
    path = tmp_path / "a b" / "bench-sample-ferrow-valley.ipynb"
    assert shlex.split(done.out) == ["jupyter", "lab", str(path)]
    notebook = nbformat.read(path, nbformat.NO_CONVERT)
    code = [cell for cell in notebook.cells if cell.cell_type == "code"]
    [given] = [cell.source for cell in code if "parameters" in cell.metadata.get("tags", ())]
    assert "region = 'sample/ferrow-valley'" in given and "year = None" in given
    assert not any(cell.outputs for cell in code)
    path.write_text("what the analyst made of it", encoding="utf-8")
    assert lmi("bench", "ferrow-valley", "--folder", str(tmp_path / "a b")).status == 0
    assert path.read_text(encoding="utf-8") == "what the analyst made of it"


def test_definitions_of_elsewhere_are_told_to_the_notebook(lmi: Lmi, tmp_path: Path) -> None:
    regions = REGIONS
    done = lmi("bench", "sample/crossway", "--folder", str(tmp_path), "--regions", str(regions))
    assert f"LMI_REGIONS={shlex.quote(str(regions))} jupyter lab " in done.out


def test_what_it_needs_is_said(lmi: Lmi) -> None:
    assert "Name a region, as STATE/REGION" in lmi("bench").err
    assert "'nowhere'" in lmi("bench", "sample/nowhere").err
