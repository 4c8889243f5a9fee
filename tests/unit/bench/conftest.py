"""A bench on the sample, with a folder of definitions of its own to save into."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from lmi import locations
from lmi.bench import Page, open_bench

SHIPPED = locations.regions_dir()


@pytest.fixture(scope="module", autouse=True)
def on_the_sample(sample_store: Path, measured_once: None) -> Iterator[None]:
    """Open every bench on the store that all tests share."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("LMI_STORE", str(sample_store))
        yield


@pytest.fixture
def regions(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The shipped definitions, copied so that they can be saved to."""
    folder = tmp_path / "regions"
    folder.mkdir()
    for name in ("sectors.yml", "criteria.yml"):
        shutil.copyfile(SHIPPED / name, folder / name)
    shutil.copytree(SHIPPED / "sample", folder / "sample")
    monkeypatch.setenv("LMI_REGIONS", str(folder))
    return folder


@pytest.fixture
def opened(regions: Path) -> Callable[..., Page]:
    """Open the bench on a region of the sample; the first time takes some seconds."""

    def opened(region: str = "ferrow-valley", **options: str | int) -> Page:
        return open_bench(f"sample/{region}", **options)  # type: ignore[arg-type]

    return opened


@pytest.fixture
def page(opened: Callable[..., Page]) -> Page:
    return opened()
