"""Run the command line as a user does, and keep what it says."""

from __future__ import annotations

import io
import shutil
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest
from rich.console import Console

from lmi.cli.app import main


@dataclass(frozen=True)
class Said:
    """What a command said, and its exit status."""

    status: int
    out: str
    err: str


Lmi = Callable[..., Said]
REGIONS = Path(__file__).resolve().parents[3] / "regions"


@pytest.fixture(scope="module", autouse=True)
def _measured_once(measured_once: None) -> None:
    """What commands measure alike of the sample is measured once."""


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where the store is, not made yet."""
    monkeypatch.setenv("LMI_STORE", str(tmp_path / "store"))
    return tmp_path / "store"


@pytest.fixture
def lmi(root: Path) -> Lmi:
    """Run the command line on a store of one's own."""
    return run_lmi


def run_lmi(*words: object) -> Said:
    """Run the command line in this process, through the entry point of the installed command."""
    out, err = io.StringIO(), io.StringIO()
    consoles = {
        "out": Console(file=out, highlight=False, soft_wrap=True, width=80),
        "said": Console(file=err, highlight=False, soft_wrap=True, width=80),
    }
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sys, "argv", ["lmi", *map(str, words)])
        commands = [m for name, m in sys.modules.items() if name.startswith("lmi.cli.")]
        for module in commands:
            for name, console in consoles.items():
                if hasattr(module, name):
                    patch.setattr(module, name, console)
        try:
            main()
            status = 0
        except SystemExit as stop:
            status = int(stop.code or 0)
    return Said(status, out.getvalue(), err.getvalue())


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder of definitions that holds the sample alone."""
    folder = tmp_path / "regions"
    shutil.copytree(REGIONS / "sample", folder / "sample")
    for name in ("sectors.yml", "criteria.yml"):
        shutil.copy(REGIONS / name, folder / name)
    return folder
