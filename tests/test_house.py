"""The house: imports point down, heavy imports are late, functions and modules are small."""

from __future__ import annotations

import ast
import statistics
import subprocess
import sys
from pathlib import Path

import pytest

import docextract

# Where it is imported from: in .ci/run that is the installed package.
PACKAGE = Path(docextract.__file__).parent
MODULES = sorted(PACKAGE.rglob("*.py"))

#: Lowest first: a module may import from the floors below its own, and from its own folder.
FLOORS = (
    "value",
    "text memo disk failure",
    "folder findings",
    "markdown",
    "reading",
    "contract",
    "project",
    "checks extraction",
    "verdict",
    "editing",
    "renderers writers",
    "testing",
    "serving",
    "cli pytest_plugin",
    "__main__",
)
RANK = {name: rank for rank, line in enumerate(FLOORS) for name in line.split()}
#: The only importers of a library: a library that changes is one door to mend.
ONLY = {
    "markdown_it": {"markdown/blocks.py"},
    "frontmatter": {"markdown/front_matter.py"},
    "yaml": {"markdown/front_matter.py", "writers/yaml_text.py"},
    "jsonschema": {"contract/schema.py"},
    "rich": {"cli/progress.py"},
    "watchfiles": {"cli/watching.py"},
    "click": {f"cli/{path.name}" for path in (PACKAGE / "cli").glob("*.py")},
    "pytest": {"pytest_plugin.py"},
    "starlette": {"serving/application.py"},
    "uvicorn": {"serving/server.py", "serving/connection.py"},
    "pathspec": {"project/config.py", "project/files.py"},
}


def own_name(path: Path) -> str:
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


def imports(path: Path, *, late: bool = True):
    """Yield the imported modules, those for type checking left out and, unless `late`, those in functions."""
    tree = ast.parse(path.read_text("utf-8"))
    skipped = {
        id(inner)
        for node in ast.walk(tree)
        if (isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING")
        or (isinstance(node, ast.FunctionDef) and not late)
        for inner in ast.walk(node)
    }
    for node in ast.walk(tree):
        if id(node) in skipped:
            continue
        if isinstance(node, ast.ImportFrom):
            yield node.module or ""
        elif isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_own_imports_have_one_form(path):
    """The floors are read from imports of the form `from docextract.x import y`."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: relative import"
            assert node.module != "docextract" or {alias.name for alias in node.names} == {"__version__"}
        elif isinstance(node, ast.Import):
            assert not any(alias.name.split(".")[0] == "docextract" for alias in node.names)


def test_the_modules_are_found():
    assert len(MODULES) > 30


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_imports_point_down(path):
    own = own_name(path)
    if own == "__init__":
        # The public door stands beside the floors: it opens none of them until somebody knocks.
        assert [module for module in imports(path, late=False) if module.startswith("docextract")] == []
        return
    assert own in RANK, f"{own} has no floor"
    for module in imports(path):
        if module.startswith("docextract."):
            target = module.split(".")[1]
            assert target == own or RANK[target] < RANK[own], f"{own} imports {target}"


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_libraries_have_one_door(path):
    for module in imports(path):
        allowed = ONLY.get(module.split(".")[0])
        assert allowed is None or path.relative_to(PACKAGE).as_posix() in allowed, f"{path.name} imports {module}"


def test_the_command_line_imports_nothing_heavy():
    heavy = ["markdown_it", "jsonschema", "rich", "frontmatter", "yaml", "pathspec", "referencing"]
    code = f"import sys, docextract.cli.main; print([m for m in {heavy!r} if m in sys.modules])"
    shown = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=PACKAGE.parent)
    assert shown.stdout.strip() == "[]"


def function_lengths():
    for path in MODULES:
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                assert node.end_lineno is not None
                yield f"{path.name}:{node.name}", node.end_lineno - node.lineno + 1


def test_functions_are_small():
    lengths = dict(function_lengths())
    assert len(lengths) > 200
    assert {name: length for name, length in lengths.items() if length > 60} == {}
    assert statistics.median(lengths.values()) <= 10


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_modules_are_small(path):
    assert len(path.read_text("utf-8").splitlines()) <= 400
