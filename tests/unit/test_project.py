"""What the project says of itself, in one place and another, is the same and is true."""

from __future__ import annotations

import ast
import importlib.metadata
import json
import re
import subprocess
import sys
import tomllib
import zipfile
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path

import pytest
import yaml
from packaging.requirements import Requirement
from packaging.specifiers import SpecifierSet
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parents[2]
CONDA_NAMES = {
    "isal": "python-isal",
    "jupyter-client": "jupyter_client",
    "matplotlib": "matplotlib-base",
    "typst": "typst-py",
    "nbconvert": "nbconvert-core",
    "playwright": "playwright-python",
}
# declared, yet imported by nothing here: what it is for
NOT_IMPORTED = {
    "jupyterlab": "where an analyst opens the notebooks",
}
# the vocabulary of a declared dependency, which brings the release that it needs
PART_OF = {"markupsafe": "jinja2", "pydantic-core": "pydantic"}
PAGES = ("README.md", "CONTRIBUTING.md", "CHANGELOG.md", "outputs/README.md", "regions/README.md")


def text(path: str) -> str:
    return (ROOT / path).read_text(encoding="utf-8")


@cache
def project() -> dict:
    return tomllib.loads(text("pyproject.toml"))["project"]


@cache
def declared(*extras: str) -> dict[str, Requirement]:
    """The requirements of pyproject.toml with those of the extras, by name."""
    lines = list(project()["dependencies"])
    for extra in extras:
        lines += project()["optional-dependencies"][extra]
    return {canonicalize_name(each.name): each for each in map(Requirement, lines)}


def pages() -> list[Path]:
    named = [ROOT / page for page in PAGES if (ROOT / page).exists()]
    return named + sorted((ROOT / "docs").glob("*.md"))


def commands(program: str) -> Iterator[tuple[str, str]]:
    """Each page and line on which a reader is told to run a program."""
    for page in pages():
        body = page.read_text(encoding="utf-8")
        blocks = re.findall(r"^```[a-z]*\n(.*?)^```", body, flags=re.M | re.S)
        lines = [line for block in blocks for line in block.splitlines()]
        lines += re.findall(r"`([^`\n]+)`", body)
        for line in lines:
            if re.match(rf"{program}(\s|$)", line.strip()):
                yield page.name, line.split("#")[0].strip()


def test_conda_gets_the_same_dependencies_and_ranges():
    wanted = {
        CONDA_NAMES.get(name, name): requirement.specifier
        for name, requirement in declared("test").items()
    }
    wanted["python"] = SpecifierSet(project()["requires-python"])
    listed = yaml.safe_load(text("environment.yml"))["dependencies"]
    by_pip = [name for entry in listed if isinstance(entry, dict) for name in entry["pip"]]
    entries = [e.partition(" ") for e in (*listed, *by_pip) if isinstance(e, str)]
    given = {name: SpecifierSet(ranges) for name, _, ranges in entries}
    del given["pip"]  # installs the checkout itself
    assert given == wanted


def test_every_range_has_a_lower_end():
    """Without one, an installer may choose a release that never worked."""
    for requirement in declared("test", "docs", "dev").values():
        operators = {specifier.operator for specifier in requirement.specifier}
        assert ">=" in operators or requirement.name == "lmi", requirement
        assert "==" not in operators, f"{requirement} is a pin; pins belong in requirements.lock"


@cache
def locked() -> dict[str, list[tuple[Requirement, int]]]:
    """The entries of requirements.lock by name: the pin, and how many hashes it carries."""
    entries: dict[str, list[tuple[Requirement, int]]] = {}
    for entry in text("requirements.lock").replace("\\\n", " ").splitlines():
        pin, *hashes = entry.split("--hash=")
        requirement = Requirement(pin.strip())
        name = canonicalize_name(requirement.name)
        entries.setdefault(name, []).append((requirement, len(hashes)))
    return entries


def test_the_lock_covers_every_dependency_within_its_range():
    for name, requirement in declared("test").items():
        assert name in locked(), f"{name} is not in requirements.lock: run `make lock`"
        for pin, _ in locked()[name]:
            (version,) = (specifier.version for specifier in pin.specifier)
            assert requirement.specifier.contains(version), f"{pin} is outside {requirement}"


@pytest.mark.parametrize("python", ["3.11.0", "3.12.0", "3.13.0"])
@pytest.mark.parametrize("system", ["linux", "darwin", "win32"])
def test_the_lock_serves_every_supported_platform(python, system):
    platform = {
        "python_version": python.rpartition(".")[0],
        "python_full_version": python,
        "sys_platform": system,
    }
    for name in declared("test"):
        fits = [pin for pin, _ in locked()[name] if not pin.marker or pin.marker.evaluate(platform)]
        assert len(fits) == 1, f"{name} on {system} with Python {python}: {fits}"


def test_the_lock_has_a_hash_for_every_pin_and_names_no_host():
    for name, entries in locked().items():
        for pin, hashes in entries:
            assert [specifier.operator for specifier in pin.specifier] == ["=="], name
            assert pin.url is None
            assert hashes > 0, f"{name} has no hash"
    assert not re.search(
        r"://|--(extra-)?index-url|--find-links|\b[a-z0-9-]+\.(org|com|io)\b",
        text("requirements.lock"),
    )


@cache
def owners() -> Mapping[str, list[str]]:
    """Which distributions bring a module of a name."""
    return importlib.metadata.packages_distributions()


def third_party_imports(*folders: str) -> dict[str, str]:
    """The distributions that modules and notebooks import, with a place where they do."""
    sources = {}
    for path in (found for folder in folders for found in (ROOT / folder).rglob("*")):
        if path.suffix == ".py":
            sources[path] = path.read_text(encoding="utf-8")
        elif path.suffix == ".ipynb":
            cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
            code = ["".join(cell["source"]) for cell in cells if cell["cell_type"] == "code"]
            sources[path] = re.sub(r"^\s*[%!].*$", "", "\n".join(code), flags=re.M)
    named = {name for path in sources for name in (path.stem, path.parent.name)}
    ours = {"lmi", *named, *sys.stdlib_module_names}
    found = {}
    for path, source in sources.items():
        for node in ast.walk(ast.parse(source)):
            names = []
            if isinstance(node, ast.Import):
                names = [alias.name for alias in node.names]
            elif isinstance(node, ast.ImportFrom) and not node.level:
                names = [node.module or ""]
            for name in {name.split(".")[0] for name in names} - ours:
                for owner in map(canonicalize_name, owners().get(name, [name])):
                    found[PART_OF.get(owner, owner)] = str(path.relative_to(ROOT))
    return found


def test_what_is_imported_is_declared_and_what_is_declared_is_used():
    imported = third_party_imports("lmi", "notebooks")
    known = declared("cluster")
    undeclared = {name: place for name, place in imported.items() if name not in known}
    assert not undeclared, "imported, yet not among the dependencies of pyproject.toml"
    assert set(known) - set(imported) == set(NOT_IMPORTED)


def test_what_an_extra_brings_is_imported_where_it_is_asked_for():
    optional = set(declared("cluster")) - set(declared())
    program = (
        "import lmi.batch, lmi.batch.cluster, lmi.batch.tasks, lmi.batch.remote, lmi.cli.app, sys;"
        f"print(sorted({optional} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, cwd=ROOT)
    assert optional and done.stdout.strip() == "[]", done.stderr


def test_what_tests_benchmarks_and_tools_import_is_declared_too():
    imported = third_party_imports("tests", "benchmarks", "tools")
    undeclared = {name: place for name, place in imported.items() if name not in declared("test")}
    assert not undeclared, "imported, yet not in the extra `test` of pyproject.toml"


def test_make_has_every_target_that_a_page_names():
    targets = set(re.findall(r"^([a-z]+):", text("Makefile"), flags=re.M))
    named = {
        (page, word)
        for page, line in commands("make")
        for word in line.split()[1:]
        if re.fullmatch("[a-z]+", word)
    }
    assert ("README.md", "profiles") in named
    assert ("README.md", "test") in named
    assert {word for _, word in named} <= targets


def test_every_target_of_make_is_explained_and_phony():
    makefile = text("Makefile")
    targets = set(re.findall(r"^([a-z]+):", makefile, flags=re.M))
    assert set(re.findall(r"^([a-z]+):.*## \S", makefile, flags=re.M)) == targets
    (phony,) = re.findall(r"^\.PHONY: (.*)$", makefile, flags=re.M)
    assert set(phony.split()) == targets


def test_lmi_has_every_command_and_option_that_a_page_names():
    from typer.main import get_command

    from lmi.cli.app import app

    known = get_command(app).commands
    seen = set()
    for page, line in commands("lmi"):
        words = line.split()[1:]
        if not words or not re.match("[a-z]", words[0]):  # not `lmi COMMAND --help`
            continue
        assert words[0] in known, f"{page}: `{line}`"
        command, *rest = known[words[0]], *words[1:]
        while hasattr(command, "commands"):  # a group: `lmi evaluate suppression`
            command, *rest = command.commands[rest[0]], *rest[1:]
        options = {name for each in command.params for name in each.opts} | {"--help"}
        assert {word for word in words if word.startswith("--")} <= options, f"{page}: `{line}`"
        seen.add(words[0])
    assert seen == set(known), "a page must name every command"


def test_the_changelog_has_what_is_unreleased_on_top():
    headings = re.findall(r"^## (.*)$", text("CHANGELOG.md"), flags=re.M)
    assert headings[0] == "[Unreleased]"
    assert all(
        re.fullmatch(r"\[\d+\.\d+\.\d+\] - \d{4}-\d{2}-\d{2}", each) for each in headings[1:]
    )


@pytest.fixture(scope="module")
def installed(tmp_path_factory) -> Path:
    """A folder with the package as a wheel puts it, far from the checkout."""
    folder = tmp_path_factory.mktemp("wheel")
    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "--target", "wheel", "--directory", folder],
        cwd=ROOT,
        check=True,
        capture_output=True,
    )
    (wheel,) = folder.glob("lmi-*.whl")
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(folder / "site")
    return folder / "site"


@pytest.mark.program
def test_an_installed_package_carries_regions_notebooks_and_the_sample(installed):
    code = (
        "import lmi.locations as at, json;"
        "from lmi.config import list_states;"
        "print(json.dumps([str(at.checkout()), str(at.regions_dir()), str(at.notebooks_dir()),"
        " list(list_states())]))"
    )
    done = subprocess.run(
        [sys.executable, "-I", "-c", f"import sys; sys.path.insert(0, {str(installed)!r}); {code}"],
        cwd=installed.parent,
        check=True,
        capture_output=True,
        text=True,
    )
    checkout, regions, notebooks, states = json.loads(done.stdout)
    assert checkout == "None"
    assert Path(regions) == installed / "lmi" / "_packaged" / "regions"
    assert "sample" in states
    assert list(Path(notebooks).glob("*_region_profile.ipynb"))


def test_an_installed_package_lacks_no_file_of_the_checkout(installed):
    ignored = {".py[cod]", "__pycache__"}
    tracked = {
        path.relative_to(ROOT)
        for part in ("lmi", "regions", "notebooks")
        for path in (ROOT / part).rglob("*")
        if path.is_file()
        and not ignored & set(path.parts)
        and ".ipynb_checkpoints" not in path.parts
    }
    expected = {
        path if path.parts[0] == "lmi" else Path("lmi", "_packaged") / path for path in tracked
    }
    given = {path.relative_to(installed) for path in installed.rglob("*") if path.is_file()}
    assert expected <= given, sorted(map(str, expected - given))
    assert {path.parts[0] for path in given if ".dist-info" not in path.parts[0]} == {"lmi"}
