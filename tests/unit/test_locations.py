"""An argument, then a variable, then the checkout, then what suits an installed package."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from lmi import locations

PLACES: dict[str, tuple[Callable[..., Path], str]] = {
    "LMI_STORE": (locations.store_dir, "outputs/store"),
    "LMI_REGIONS": (locations.regions_dir, "regions"),
    "LMI_OUTPUTS": (locations.outputs_dir, "outputs"),
    "LMI_DOWNLOADS": (locations.downloads_dir, "outputs/downloads"),
}


@pytest.mark.parametrize("variable", PLACES)
def test_an_argument_comes_first_then_the_variable_then_the_checkout(
    variable: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    place, in_checkout = PLACES[variable]
    monkeypatch.setenv(variable, str(tmp_path / "told"))
    assert place(tmp_path / "asked") == tmp_path / "asked"
    assert place(str(tmp_path / "asked")) == tmp_path / "asked"
    assert place() == tmp_path / "told"
    monkeypatch.setenv(variable, "")
    monkeypatch.setattr(locations, "checkout", lambda: tmp_path)
    assert place() == tmp_path / in_checkout


@pytest.mark.parametrize("variable", PLACES)
def test_an_installed_package_writes_nothing_into_itself(
    variable: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv(variable, raising=False)
    monkeypatch.setattr(locations, "checkout", lambda: None)
    monkeypatch.chdir(tmp_path)
    found = PLACES[variable][0]()
    package = Path(locations.__file__).parent
    assert found.is_absolute()
    assert found.is_relative_to(package) == (variable == "LMI_REGIONS")  # which are only read
    if variable == "LMI_OUTPUTS":
        assert found == tmp_path / "outputs"


@pytest.mark.parametrize("variable", PLACES)
def test_the_home_folder_may_be_written_as_a_tilde(
    variable: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    place, _ = PLACES[variable]
    monkeypatch.setenv(variable, "~/here")
    assert place() == place("~/here") == Path.home() / "here"


def test_a_checkout_is_known_by_its_layout(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(locations, "_PACKAGE", tmp_path / "site-packages" / "lmi")
    assert locations.checkout() is None
    root = tmp_path / "work"
    (root / "regions").mkdir(parents=True)
    (root / "pyproject.toml").touch()
    monkeypatch.setattr(locations, "_PACKAGE", root / "lmi")
    assert locations.checkout() == root
    assert locations.notebooks_dir() == root / "notebooks"
