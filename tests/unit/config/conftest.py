"""A folder of definitions to write into, and the one sentence that a mistake comes back as."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from textwrap import dedent

import pytest

from lmi.config import StateConfig, load_state
from lmi.errors import ConfigError

HEAD = """\
state: Colorado
state_fips: "08"
title: Regions
source: {name: The office}
"""


@pytest.fixture
def write(tmp_path: Path) -> Callable[[str, str], Path]:
    """Write a file of definitions below the folder `regions`."""

    def write(name: str, text: str) -> Path:
        file = tmp_path / "regions" / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(dedent(text), encoding="utf-8")
        return file

    return write


@pytest.fixture
def colorado(write) -> Callable[[str, str], StateConfig]:
    """Read a state.yml of Colorado that ends with the given text; its head has four lines."""

    def read(text: str, head: str = HEAD) -> StateConfig:
        return load_state(write("colorado/state.yml", head + dedent(text)))

    return read


@pytest.fixture
def refusal() -> Callable[..., str]:
    """Call what must fail, check that it says so in one sentence with its line, and return it."""

    def refusal(call: Callable[[], object], line: int | None) -> str:
        with pytest.raises(ConfigError) as caught:
            call()
        error = caught.value
        assert error.line == line, str(error)
        assert error.message.endswith(".") and "\n" not in error.message
        assert error.file is not None and str(error).startswith(str(error.file))
        return error.message

    return refusal
