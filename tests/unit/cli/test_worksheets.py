"""`lmi worksheets` writes every sheet, for a region or for any."""

from __future__ import annotations

import pytest
from typer.testing import CliRunner

from lmi.cli.app import app
from lmi.errors import LmiError
from lmi.report.worksheets import TITLES

PAGES = {f"{key}.html" for key in TITLES}


@pytest.mark.parametrize(
    ("place", "folder", "region"),
    [((), "", "Region</p>"), (("sample/crossway",), "sample/crossway", "Region: Crossway</p>")],
)
def test_every_sheet_is_written(tmp_path, place, folder, region):
    done = CliRunner().invoke(app, ["worksheets", *place, "--outputs", str(tmp_path)])
    assert done.exit_code == 0, done.output
    found = {path.name: path for path in (tmp_path / "worksheets" / folder).glob("*.*")}
    assert set(found) >= PAGES
    assert all(region in found[name].read_text(encoding="utf-8") for name in PAGES)


def test_paper_that_is_none_is_refused():
    done = CliRunner().invoke(app, ["worksheets", "--paper", "legal"])
    assert isinstance(done.exception, LmiError)
    assert "choose of letter, a4" in str(done.exception)
