"""The profile notebook calls and does not compute; a design rule of the project."""

from __future__ import annotations

import ast
from pathlib import Path

import nbformat
import pytest

from lmi import report

NOTEBOOK = Path(__file__).resolve().parents[3] / "notebooks" / "02_region_profile.ipynb"


@pytest.fixture(scope="module")
def cells():
    return nbformat.read(NOTEBOOK, as_version=4).cells


@pytest.fixture(scope="module")
def code(cells):
    return [cell for cell in cells if cell.cell_type == "code"]


def test_one_cell_holds_the_parameters_and_comes_first(code):
    tagged = [cell for cell in code if "parameters" in cell.metadata.get("tags", [])]
    assert tagged == code[:1]
    names = [node.targets[0].id for node in ast.parse(tagged[0].source).body]
    assert names == ["region", "year", "tables", "out"]


def test_every_other_cell_is_one_call_of_a_section(code):
    for cell in code[2:]:
        (statement,) = ast.parse(cell.source).body
        called = ast.unparse(statement)
        assert called == f"report.{statement.value.func.attr}(profile)"
        assert hasattr(report, statement.value.func.attr)


def test_every_section_is_in_the_notebook_once(code):
    called = [ast.parse(cell.source).body[0].value.func.attr for cell in code[2:]]
    sections = set(report.__all__) - {
        "Exhibit", "Figure", "PageTable", "Profile", "Prose", "load_profile", "open_profile",
        "region_map",  # a part of the brief
    }  # fmt: skip
    assert sorted(called) == sorted(sections)


def test_every_cell_is_tagged_by_who_reads_it_and_the_brief_comes_first(cells):
    readers = [cell.metadata["tags"][0] for cell in cells[2:]]
    assert readers == sorted(readers, key=["brief", "profile", "staff"].index)
    assert set(readers) == {"brief", "profile", "staff"}


def test_headings_start_at_the_second_level_below_the_title(cells):
    lines = [line for c in cells if c.cell_type == "markdown" for line in c.source.splitlines()]
    levels = [len(line) - len(line.lstrip("#")) for line in lines if line.startswith("#")]
    assert levels[0] == 2
    assert set(levels) == {2, 3}


def test_no_path_of_a_machine_is_in_it(cells):
    assert "/home" not in NOTEBOOK.read_text("utf-8")
    assert all("Path(" not in cell.source for cell in cells)
