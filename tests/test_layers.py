"""The rules of the house that can be read off the files: who imports whom, and how long things are."""

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
OURS = ("app", "embeddings", "knowledge", "scripts")
WEB = {"fastapi", "starlette", "uvicorn", "pydantic", "pydantic_core"}
HEAVY = {"torch", "transformers", "sentence_transformers", "peft", "datasets"}

MAY_IMPORT = {
    "knowledge": {"knowledge"},
    "embeddings": {"embeddings"},
    "app": {"app", "knowledge", "embeddings"},
    "scripts": set(OURS),
}
WEB_FILES = {
    "app/main.py",
    "app/routes.py",
    "app/source_routes.py",
    "app/schemas.py",
    "app/catalogue_schemas.py",
    "app/handlers.py",
    "app/middleware.py",
    "app/pages.py",
    "app/reading/pages.py",
    "scripts/serve.py",
}
HEAVY_FILES = {
    "embeddings/base_model.py",
    "embeddings/export.py",
    "embeddings/training.py",
    "embeddings/training_data.py",
    "embeddings/adapter_weights.py",
}
LAZILY_HEAVY_FILES = {"embeddings/encoder.py"}
LONGEST_FILE = 200
LONGEST_FUNCTION = 40

MODULES = sorted(path.relative_to(ROOT).as_posix() for package in OURS for path in (ROOT / package).rglob("*.py"))
each_module = pytest.mark.parametrize("module", MODULES)


def syntax(module: str) -> ast.Module:
    """Parse a module, given by its path from the root."""
    return ast.parse((ROOT / module).read_text(encoding="utf-8"))


def imports(tree: ast.AST) -> Iterator[str]:
    """Give the top package of everything that is imported anywhere under the node."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name.split(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0 and node.module is not None, "imports are absolute"
            yield node.module.split(".")[0]


def imports_at_load(module: str) -> set[str]:
    """Return the top packages that loading the module imports: those outside its functions."""
    tree = syntax(module)
    inside = [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)]
    lazy = {id(found) for function in inside for found in ast.walk(function)}
    kept = [node for node in ast.walk(tree) if isinstance(node, ast.Import | ast.ImportFrom) and id(node) not in lazy]
    return {name for node in kept for name in imports(node)}


def test_the_four_packages_are_read() -> None:
    """The list of modules is not empty for any package, so that no rule below holds by reading nothing."""
    assert {module.split("/")[0] for module in MODULES} == set(OURS)


@each_module
def test_arrows_go_one_way(module: str) -> None:
    """A package imports only those below it: app above knowledge and embeddings, scripts above all."""
    ours = set(imports(syntax(module))) & {*OURS, "tests"}
    assert ours <= MAY_IMPORT[module.split("/")[0]]


@each_module
def test_only_the_thin_http_layer_knows_the_web(module: str) -> None:
    """FastAPI, Starlette, uvicorn and pydantic stay in the files that speak HTTP; no pure package knows them."""
    if module not in WEB_FILES:
        assert not set(imports(syntax(module))) & WEB


@each_module
def test_only_building_and_training_know_torch(module: str) -> None:
    """The heavy libraries are imported where models are built, or inside a function that needs them."""
    if module in HEAVY_FILES:
        return
    if module in LAZILY_HEAVY_FILES:
        assert not imports_at_load(module) & HEAVY
    else:
        assert not set(imports(syntax(module))) & HEAVY


@each_module
def test_only_building_and_training_load_the_modules_that_load_torch(module: str) -> None:
    """A module that imports torch is itself imported lazily, but for the script that does nothing but train."""
    heavy_modules = {file.removesuffix(".py").replace("/", ".") for file in HEAVY_FILES}
    at_load = {
        node.module for node in syntax(module).body if isinstance(node, ast.ImportFrom) and node.module in heavy_modules
    }
    assert not at_load or module in {*HEAVY_FILES, "scripts/train.py"}


def test_serving_starts_without_torch() -> None:
    """Loading all that `scripts.serve` needs brings in none of the heavy libraries."""
    loaded = subprocess.run(
        [sys.executable, "-c", "import sys, scripts.serve, scripts.ask; print(*sys.modules)"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    ).stdout.split()
    assert "app.main" in loaded
    assert not HEAVY & set(loaded)


@each_module
def test_files_are_short(module: str) -> None:
    """A file has at most 200 lines of code: blank lines, comments and docstrings do not count."""
    lines = (ROOT / module).read_text(encoding="utf-8").splitlines()
    code = {number for number, line in enumerate(lines, start=1) if line.strip() and not line.strip().startswith("#")}
    assert len(code - _docstring_lines(syntax(module))) <= LONGEST_FILE


@each_module
def test_functions_are_short(module: str) -> None:
    """A function has at most 40 lines, its docstring included."""
    lengths = {
        node.name: (node.end_lineno or node.lineno) - node.lineno + 1
        for node in ast.walk(syntax(module))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    }
    assert {name: length for name, length in lengths.items() if length > LONGEST_FUNCTION} == {}


def _docstring_lines(tree: ast.Module) -> set[int]:
    documented = (ast.Module, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)
    docstrings = [
        node.body[0] for node in ast.walk(tree) if isinstance(node, documented) and ast.get_docstring(node) is not None
    ]
    return {line for node in docstrings for line in range(node.lineno, (node.end_lineno or node.lineno) + 1)}
