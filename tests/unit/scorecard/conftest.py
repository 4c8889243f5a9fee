"""A state with a partnership to write into, and the one sentence that a mistake comes back as."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from lmi import locations
from lmi.config import load_state
from lmi.errors import ConfigError
from lmi.scorecard.definition import Partnership
from lmi.scorecard.files import load_partnerships

HARBOR = """\
name: Harbor Builders
region: gannet-island
candidate: construction
convener: {name: Harbor Authority, kind: community}
launch: 2020-03
"""
HEAD = "date,metric,value,unit,kind,category,stage,evidence,source,story"


@pytest.fixture
def regions(tmp_path: Path) -> Path:
    """A folder of definitions with the sample and no partnership."""
    folder = tmp_path / "regions"
    root = locations.regions_dir()
    shutil.copytree(
        root / "sample", folder / "sample", ignore=shutil.ignore_patterns("partnerships")
    )
    for name in ("criteria.yml", "sectors.yml"):
        shutil.copy(root / name, folder / name)
    (folder / "sample" / "partnerships").mkdir()
    return folder


@pytest.fixture
def partnership(regions: Path) -> Callable[..., Partnership]:
    """Write a partnership and its rows, and read it."""

    def partnership(text: str = "", rows: str = "", key: str = "harbor") -> Partnership:
        folder = regions / "sample" / "partnerships"
        own = HARBOR if key == "harbor" else HARBOR.replace("Harbor B", f"{key.title()} B")
        (folder / f"{key}.yml").write_text(own + text, encoding="utf-8")
        (folder / f"{key}.metrics.csv").write_text(f"{HEAD}\n{rows}", encoding="utf-8")
        return load_partnerships(load_state("sample", regions), regions, key)[0]

    return partnership


@pytest.fixture
def refusal() -> Callable[..., str]:
    """Call what must fail, check that it says so in one sentence with its line, and return it."""

    def refusal(call: Callable[[], object], line: int) -> str:
        with pytest.raises(ConfigError) as caught:
            call()
        error = caught.value
        assert error.line == line, str(error)
        assert error.message.endswith(".") and "\n" not in error.message
        return error.message

    return refusal
