"""The arrows of the design: who may know of whom, and how long a module gets."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from autograder.course import LABS, ROOT, labs

AICS = sorted((LABS / "aics").rglob("*.py"))
AUTOGRADER = sorted((ROOT / "autograder").rglob("*.py"))
#: Attempts to cheat at one lab's questions; they are exhibits, not engine.
EXHIBITS = ROOT / "autograder" / "attacks"
SOLUTIONS = sorted((ROOT / "solutions").glob("*/*.py"))


def name(path: Path) -> str:
    return str(path.relative_to(ROOT))


def imported(path: Path) -> Iterator[str]:
    """Every module that a file imports, by its full name as written."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and not node.level:
            yield node.module


@pytest.mark.parametrize("path", AICS, ids=name)
def test_what_students_get_imports_nothing_of_the_instructors(path):
    tops = {module.split(".")[0] for module in imported(path)}
    assert tops.isdisjoint({"autograder", "solutions", "nbgrader", "tests"})


#: Rooms of aics that a lab owns; everything else is shared by several.
OWN = {lab.name for lab in labs()}
SHARED = [path for path in AICS if path.relative_to(LABS / "aics").parts[0] not in OWN]
#: The command line opens a lab's own page; it alone may know one by name.
KNOWS_A_LAB = {"cli.py"}


@pytest.mark.parametrize("path", [p for p in SHARED if p.name not in KNOWS_A_LAB], ids=name)
def test_a_shared_room_knows_no_lab(path):
    assert not [module for module in imported(path) if module.split(".")[1:2] and module.split(".")[1] in OWN]


@pytest.mark.parametrize("path", [p for p in AICS if p not in SHARED], ids=name)
def test_what_a_lab_owns_knows_no_other_lab(path):
    others = OWN - {path.relative_to(LABS / "aics").parts[0]}
    assert not [module for module in imported(path) if others & set(module.split("."))]


def test_the_setup_cell_imports_nothing_heavy():
    """Every notebook runs it first, also in the sandbox: what it really imports is asked of a fresh Python."""
    code = "import sys, aics, aics.check.serve, aics.notebook.earlier, aics.notebook.needs_answers; print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert {"matplotlib", "scipy", "PIL", "IPython", "onnxruntime", "requests"}.isdisjoint(done.stdout.split())


@pytest.mark.parametrize("path", [p for p in AUTOGRADER if EXHIBITS not in p.parents], ids=name)
def test_the_engine_knows_no_lab_by_name(path):
    """Docstrings and help may name one as an example; code may not."""
    names = {lab.name for lab in labs()}
    tree = ast.parse(path.read_text("utf-8"))
    helped = {id(kw.value) for n in ast.walk(tree) if isinstance(n, ast.Call) for kw in n.keywords if kw.arg == "help"}
    bare = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in helped | bare:
            assert not any(lab in node.value for lab in names), f"line {node.lineno}"
        if isinstance(node, ast.Import | ast.ImportFrom):
            assert not any(lab in ast.unparse(node) for lab in names), f"line {node.lineno}"


@pytest.mark.parametrize("path", SOLUTIONS, ids=name)
def test_a_labs_private_side_knows_no_other_lab(path):
    others = {lab.name for lab in labs()} - {path.parent.name}
    assert not any(other in module for module in imported(path) for other in others)


@pytest.mark.parametrize("path", AICS + AUTOGRADER, ids=name)
def test_a_module_is_short(path):
    assert len(path.read_text("utf-8").splitlines()) <= 300


def test_no_module_is_called_utils():
    for path in [*AICS, *AUTOGRADER, *SOLUTIONS]:
        assert not {"util", "utils", "helpers", "misc", "common"} & set(path.relative_to(ROOT).with_suffix("").parts)


def test_folders_are_at_most_two_deep_below_the_top():
    for top, paths in ((LABS / "aics", AICS), (ROOT / "autograder", AUTOGRADER)):
        assert all(len(path.relative_to(top).parts) <= 3 for path in paths)
