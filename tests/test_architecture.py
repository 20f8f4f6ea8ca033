"""The arrows of the design: who may know of whom, and how long a module gets."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from autograder.course import LABS, ROOT, labs

AICS = sorted((LABS / "aics").rglob("*.py"))
AUTOGRADER = sorted((ROOT / "autograder").rglob("*.py"))
#: Attempts to cheat at one lab's questions; they are exhibits, not engine.
EXHIBITS = ROOT / "autograder" / "tampering"
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


def test_the_check_is_light_in_what_it_imports():
    """The setup cell of every notebook runs it, also in the sandbox."""
    for module in ("__init__", "check", "judge", "ask", "reference", "rules", "verdict", "wire", "serve"):
        path = LABS / "aics" / f"{module}.py"
        tops = {node.split(".")[0] for node in imported(path)}
        assert tops.isdisjoint({"matplotlib", "scipy", "PIL", "IPython"}), path.name


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
    for path in AICS:
        assert len(path.relative_to(LABS / "aics").parts) <= 2
    for path in AUTOGRADER:
        assert len(path.relative_to(ROOT / "autograder").parts) <= 3
