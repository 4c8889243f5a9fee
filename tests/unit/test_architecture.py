"""The rules of the house, read off the source: who may import whom, and how large things get."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "lmi"

# Top to bottom, as data flows: a part imports from its own line and the lines above, never below.
LAYERS = (
    {"", "errors", "missing", "processor", "words"},
    {"locations", "atomic", "csv_files", "notebook_format", "one_at_a_time"},
    {"templates", "texts"},
    {"manifest"},
    {"codes", "naics", "reference"},
    {"schema"},
    {"config"},
    {"sample"},
    {"sources"},
    {"store"},
    {"suppression"},
    {"measures"},
    {"verify"},
    {"scoring"},
    {"analysis"},
    {"assessment"},
    {"output_files"},
    {"report"},
    {"bench"},
    {"workshop"},
    {"scorecard"},
    {"batch"},
    {"fetch"},
    {"cli"},
)
LAYER_OF = {part: number for number, layer in enumerate(LAYERS) for part in layer}

# part: what it must not know, and so must not import
UNKNOWN_TO = {
    "measures": {"lmi.locations", "lmi.config", "lmi.sources", "lmi.store", "pathlib", "os", "io"},
    "scoring": {"lmi.codes", "lmi.naics", "lmi.sources", "lmi.store", "pathlib", "os", "io"},
}
# The faces hold looks and gestures: what they show, they ask of the assessment.
FACES = {"report", "bench", "workshop", "scorecard"}
ENGINE_ROOM = {"lmi.analysis", "lmi.scoring.evidence", "lmi.store", "lmi.suppression"}
# library: the only parts that may import it
ONLY_IN = {
    "ipywidgets": {"bench"},
    "matplotlib": {"report"},
    "papermill": {"batch"},
    "requests": {"fetch"},
    "typer": {"cli"},
}
PURE = {"codes", "naics", "measures", "scoring"}  # every public function shows how it is used
SLOW_TO_IMPORT = {
    "IPython",
    "geopandas",
    "ipywidgets",
    "jupyter_client",
    "jupyterlab",
    "matplotlib",
    "nbclient",
    "nbconvert",
    "papermill",
    "scipy",
    "shapely",
}
READERS = {"open", "read_bytes", "read_csv", "read_excel", "read_json", "read_parquet", "read_text"}
LONGEST_FUNCTION = 90
LONGEST_MODULE = 300

Function = ast.FunctionDef | ast.AsyncFunctionDef


@cache
def modules() -> dict[str, ast.Module]:
    """Every module of the package by its dotted name."""
    trees = {}
    for path in sorted(PACKAGE.rglob("*.py")):
        if "_packaged" in path.parts:
            continue
        parts = path.relative_to(ROOT).with_suffix("").parts
        name = ".".join(part for part in parts if part != "__init__")
        trees[name] = ast.parse(path.read_text(encoding="utf-8"), filename=str(path))
    return trees


def part_of(module: str) -> str:
    """The part of the house that a dotted name lies in: ``lmi.measures.lq`` is in ``measures``."""
    return f"{module}.".split(".")[1]


@cache
def imports_of(module: str) -> tuple[tuple[str, int], ...]:
    """Every name that a module imports, wherever in the file, with its line."""
    return tuple(_imports(module))


def _imports(module: str) -> Iterator[tuple[str, int]]:
    is_package = (ROOT / module.replace(".", "/")).is_dir()
    for node in ast.walk(modules()[module]):
        if isinstance(node, ast.Import):
            yield from ((alias.name, node.lineno) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            ups = node.level - is_package if node.level else 0
            base = module.split(".")[: len(module.split(".")) - ups] if node.level else []
            source = ".".join([*base, *([node.module] if node.module else [])])
            yield source, node.lineno
            yield from ((f"{source}.{alias.name}", node.lineno) for alias in node.names)


def lmi_parts_imported_by(module: str) -> Iterator[tuple[str, int]]:
    """The parts of the house that a module imports, with the line."""
    for name, line in imports_of(module):
        if name.startswith("lmi.") and part_of(name) in LAYER_OF:
            yield part_of(name), line


def functions_of(tree: ast.AST) -> Iterator[Function]:
    return (node for node in ast.walk(tree) if isinstance(node, Function))


def test_every_module_has_its_place_in_the_house():
    homeless = [name for name in modules() if part_of(name) not in LAYER_OF]
    assert not homeless, f"give these a line in LAYERS: {homeless}"


def test_imports_go_one_way():
    wrong = {
        f"{module}:{line} imports {part}, which lies below {part_of(module)}"
        for module in modules()
        for part, line in lmi_parts_imported_by(module)
        if LAYER_OF[part] > LAYER_OF.get(part_of(module), len(LAYERS))
    }
    assert not wrong, "\n".join(wrong)


def test_measures_know_no_files_and_no_regions_and_scoring_no_industries():
    wrong = [
        f"{module}:{line} imports {name}"
        for module in modules()
        for name, line in imports_of(module)
        for unknown in UNKNOWN_TO.get(part_of(module), ())
        if f"{name}.".startswith(f"{unknown}.")
    ]
    assert not wrong, "\n".join(wrong)


def test_bench_and_workshop_ask_the_one_editor_what_a_definition_holds():
    """They may name an industry; what is in it, and what becomes of an edit, config says."""
    wrong = [
        f"{module}:{node.lineno} asks {ast.unparse(node)}"
        for module in modules()
        if part_of(module) in {"bench", "workshop"}
        for node in ast.walk(modules()[module])
        if (isinstance(node, ast.Attribute) and ast.unparse(node.value) == "naics")
        and node.attr != "industry_title"
    ] + [
        f"{module}:{line} imports {name}"
        for module in modules()
        if part_of(module) in {"bench", "workshop"}
        for name, line in imports_of(module)
        if name.startswith(("lmi.config.industries", "lmi.config.candidates", "lmi.naics."))
    ]
    assert not wrong, "\n".join(wrong)


def test_the_package_runs_without_the_tools():
    wrong = [
        f"{module}:{line} imports {name}"
        for module in modules()
        for name, line in imports_of(module)
        if name.split(".")[0] == "tools"
    ]
    assert not wrong, "\n".join(wrong)


def test_the_faces_hold_looks_and_gestures_only():
    wrong = [
        f"{module}:{line} imports {name}"
        for module in modules()
        for name, line in imports_of(module)
        for engine in ENGINE_ROOM
        if part_of(module) in FACES and f"{name}.".startswith(f"{engine}.")
    ]
    assert not wrong, "ask lmi.assessment for it:\n" + "\n".join(wrong)


def test_a_public_class_name_stands_for_one_thing():
    homes: dict[str, list[str]] = {}
    for module, tree in modules().items():
        for node in tree.body:
            if isinstance(node, ast.ClassDef) and not node.name.startswith("_"):
                homes.setdefault(node.name, []).append(module)
    twice = {name: where for name, where in homes.items() if len(where) > 1}
    assert not twice


def test_only_report_draws_and_only_batch_runs_notebooks():
    wrong = [
        f"{module}:{line} imports {name}, which only {sorted(ONLY_IN[library])} may"
        for module in modules()
        for name, line in imports_of(module)
        if (library := name.split(".")[0]) in ONLY_IN and part_of(module) not in ONLY_IN[library]
    ]
    assert not wrong, "\n".join(wrong)


def loaded_by(*imports: str) -> set[str]:
    """The modules that a fresh Python has after importing some of ours."""
    code = (
        f"import sys; before = set(sys.modules); import {', '.join(imports)};"
        "print(*sorted(set(sys.modules) - before), sep='\\n')"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True
    )
    return set(done.stdout.split())


def test_the_command_line_starts_without_the_slow_libraries():
    loaded = {name.split(".")[0] for name in loaded_by("lmi", "lmi.cli")}
    assert "lmi" in loaded
    assert not loaded & SLOW_TO_IMPORT


@pytest.mark.program
@pytest.mark.parametrize("face", ["lmi.report", "lmi.workshop.server"])
def test_who_shows_what_was_measured_starts_without_a_solver(face):
    loaded = loaded_by(face)
    assert face in loaded
    assert not loaded & {"highspy", "piqp", "lmi.suppression.estimate"}


@pytest.mark.program
def test_a_workshop_starts_without_what_it_seldom_needs():
    """It reads no workbook, and nearly always finds its estimates kept."""
    loaded = loaded_by("lmi.workshop.launch")
    assert "lmi.workshop.launch" in loaded
    assert not loaded & {"openpyxl", "PIL", "scipy.optimize"}


@pytest.mark.program
def test_a_batch_with_nothing_to_make_loads_nothing_that_draws():
    loaded = loaded_by("lmi.batch")
    assert "lmi.batch.steps" in loaded
    assert not loaded & {"matplotlib", "geopandas", "lmi.report.profile"}


def test_words_are_a_leaf():
    """Whoever writes a sentence, a page for phones included, loads no table, solver or press."""
    loaded = loaded_by("lmi.words", "lmi.words.intervals")
    # What comes with every part of `lmi`, and so is no one's choice.
    own = {name for name in loaded if name.startswith("lmi.")} - {"lmi.processor"}
    assert {name for name in own if not name.startswith("lmi.words")} == set()
    assert len(loaded) < 60, loaded
    imported = {name for module in modules() if part_of(module) == "words"
                for name, _ in imports_of(module) if name.startswith("lmi.")}  # fmt: skip
    assert all(name.startswith("lmi.words") for name in imported), imported


def registers(statement: ast.stmt) -> bool:
    """Whether a statement only tells the application of a command: ``app.command()(batch)``."""
    if isinstance(statement, ast.For):
        return all(registers(inner) for inner in statement.body)
    call = statement.value if isinstance(statement, ast.Expr) else None
    return isinstance(call, ast.Call) and ast.unparse(call.func).startswith("app.")


def runs_at_import(statement: ast.stmt) -> bool:
    """Whether a statement at the top of a module does more than name things."""
    if registers(statement):
        return False
    if isinstance(statement, ast.For | ast.While | ast.With | ast.Try | ast.Delete):
        return True
    if isinstance(statement, ast.Expr):
        return isinstance(statement.value, ast.Call)  # anything else is a docstring
    if isinstance(statement, ast.Assign | ast.AnnAssign) and statement.value is not None:
        names = {
            node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            for node in ast.walk(statement.value)
            if isinstance(node, ast.Call)
        }
        return bool(names & READERS)
    return False


def test_nothing_happens_at_import():
    """Only `lmi` itself acts, before numpy is loaded and could choose its instructions."""
    busy = [
        f"{module}:{statement.lineno}"
        for module, tree in modules().items()
        for statement in tree.body
        if runs_at_import(statement)
        and (module, ast.unparse(statement)) != ("lmi", "keep_to_common_instructions()")
    ]
    assert not busy, f"these read files or act while being imported: {busy}"


def public_definitions() -> Iterator[tuple[str, Function | ast.ClassDef]]:
    """Public functions and classes at the top of a module, and the public methods of the latter."""
    for module, tree in modules().items():
        for node in tree.body:
            if not isinstance(node, Function | ast.ClassDef) or node.name.startswith("_"):
                continue
            yield f"{module}.{node.name}", node
            for inner in node.body if isinstance(node, ast.ClassDef) else ():
                if isinstance(inner, Function) and not inner.name.startswith("_"):
                    yield f"{module}.{node.name}.{inner.name}", inner


def test_every_public_name_is_documented():
    bare = [name for name, node in public_definitions() if ast.get_docstring(node) is None]
    bare += [
        name
        for name, tree in modules().items()
        if name != "lmi" and tree.body and ast.get_docstring(tree) is None
    ]
    assert not bare, f"no docstring: {bare}"


def test_pure_functions_show_an_example():
    without = [
        f"{module}.{node.name}"
        for module, tree in modules().items()
        for node in tree.body
        if isinstance(node, Function)
        and not node.name.startswith("_")
        and part_of(module) in PURE
        and ">>>" not in (ast.get_docstring(node) or "")
    ]
    assert not without, f"no example to run: {without}"


def code_lines(module: str) -> int:
    """How many lines a module has without blank ones, comments and docstrings."""
    path = ROOT / module.replace(".", "/")
    path = path / "__init__.py" if path.is_dir() else path.with_suffix(".py")
    told = {
        line
        for node in ast.walk(modules()[module])
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
        for line in range(node.lineno, node.end_lineno + 1)
    }
    lines = enumerate(path.read_text(encoding="utf-8").splitlines(), start=1)
    return sum(
        bool(line.strip()) and not line.lstrip().startswith("#") and number not in told
        for number, line in lines
    )


def test_functions_fit_a_screen_and_modules_hold_one_idea():
    long = [
        f"{module}.{node.name} has {length} lines"
        for module, tree in modules().items()
        for node in functions_of(tree)
        if (length := node.end_lineno - node.lineno) > LONGEST_FUNCTION
    ]
    long += [
        f"{module} has {lines} lines of code"
        for module in modules()
        if (lines := code_lines(module)) > LONGEST_MODULE
    ]
    assert not long, "\n".join(long)


def test_no_error_is_swallowed():
    """A bare `except:`, or one for every exception that neither raises nor uses what it caught."""
    swallowed = []
    for module, tree in modules().items():
        for node in ast.walk(tree):
            if not isinstance(node, ast.ExceptHandler):
                continue
            caught = ast.unparse(node.type) if node.type else ""
            if caught not in {"", "Exception", "BaseException"}:
                continue
            inside = [part for statement in node.body for part in ast.walk(statement)]
            raises = any(isinstance(part, ast.Raise) for part in inside)
            used = any(isinstance(part, ast.Name) and part.id == node.name for part in inside)
            if not caught or not (raises or used):
                swallowed.append(f"{module}:{node.lineno}")
    assert not swallowed, f"these hide defects: {swallowed}"
