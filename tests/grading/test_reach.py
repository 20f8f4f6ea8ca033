"""What code can reach is read from its source: all that runs, and of a lab's own files only what is named."""

from __future__ import annotations

import ast
import sys
import textwrap
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType

import nbformat
import numpy as np
import pytest

from autograder.authoring.namespace import run_cells, solution_cells
from autograder.authoring.public_cases import public_cases
from autograder.authoring.start import start_files, working_folder
from autograder.course import ROOT, Lab, labs, paths
from autograder.grading.key import SETTINGS, engine_files, named_files, question_reach
from autograder.grading.reach import definitions_reached, files_reached, shows_only
from autograder.grading.steps import steps_of

Write = Callable[..., None]


@pytest.fixture
def write(tmp_path, monkeypatch) -> Write:
    """Return ``write(file, source)`` for a checkout of its own."""
    monkeypatch.setattr(paths, "ROOT", tmp_path)
    monkeypatch.setattr(paths, "LABS", tmp_path / "labs")

    def write(file: str, source: str) -> None:
        path = tmp_path / file
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(textwrap.dedent(source))

    return write


def names(root: Path, file: str, name: str) -> set[str]:
    """File's stem and name of all definitions reached within solutions/one."""
    reach = definitions_reached(root / file, [name], [root / "solutions" / "one"])
    return {f"{path.stem}.{found}" for path, found in reach.pieces if found}


def test_a_definition_reaches_what_it_names_and_nothing_beside(write, tmp_path):
    write("solutions/one/cases.py", "import oracles\ndef a(): return _b(oracles.c)\ndef _b(): C\ndef d(): ...\nC = 1")
    write("solutions/one/oracles.py", "def c(x): return e\ne = 2\nf = 3")
    found = names(tmp_path, "solutions/one/cases.py", "a")
    assert found == {"cases.a", "cases._b", "cases.C", "oracles.c", "oracles.e"}


def test_parameters_are_no_names_of_the_module(write, tmp_path):
    write("solutions/one/cases.py", "def a(b, *, c): return b(c)\ndef b(): ...\ndef c(): ...\ndef d(x=c): ...")
    assert names(tmp_path, "solutions/one/cases.py", "a") == {"cases.a"}
    assert names(tmp_path, "solutions/one/cases.py", "d") == {"cases.d", "cases.c"}


@pytest.mark.parametrize(
    "source",
    [
        "TABLE = {}\ndef keep(f): TABLE[f.__name__] = f\n@keep\ndef b(): ...\ndef a(): return TABLE",
        "TABLE = {}\ndef b(): ...\nTABLE['b'] = b\ndef a(): return TABLE",
        "TABLE = {}\ndef b(): ...\nTABLE.update(b=b)\ndef a(): return TABLE",
        "TABLE = {}\ndef b(): ...\nfor f in [b]: TABLE[f.__name__] = f\ndef a(): return TABLE",
        "def b(): ...\ndef a(): return globals()['b']()",
        "import cases\ndef b(): ...\ndef a(): return getattr(cases, 'b')",
        "def b(): ...\nif True:\n    c = b\ndef a(): return c",
    ],
    ids=["decorator", "item", "method", "loop", "globals", "getattr", "condition"],
)
def test_what_is_reached_in_a_roundabout_way_is_reached(source, write, tmp_path):
    write("solutions/one/cases.py", source)
    assert "cases.b" in names(tmp_path, "solutions/one/cases.py", "a")


def test_a_name_that_is_passed_on_is_followed_to_where_it_is_defined(write, tmp_path):
    write("solutions/one/cases.py", "from more import a as a")
    write("solutions/one/more.py", "def a(): return b\nb = 1\nc = 2")
    assert names(tmp_path, "solutions/one/cases.py", "a") == {"cases.a", "more.a", "more.b"}


def test_elsewhere_files_are_taken_whole_with_what_they_import_but_for_what_shows(write, tmp_path):
    write("solutions/one/cases.py", "from aics.room import tool\ndef a(): return tool()")
    write("labs/aics/__init__.py", "")
    write("labs/aics/room/__init__.py", "from .inner import tool")
    write("labs/aics/room/inner.py", "from aics.other import x\nfrom aics.show import y\ndef tool(): ...")
    write("labs/aics/other.py", "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    import aics.typed")
    write("labs/aics/typed.py", "")
    write("labs/aics/show.py", "")
    write("labs/aics/show/__init__.py", "")
    reach = definitions_reached(tmp_path / "solutions/one/cases.py", ["a"], [tmp_path / "solutions/one"])
    found = {str(path.relative_to(tmp_path / "labs" / "aics")) for path in reach.files}
    assert found >= {"__init__.py", "room/__init__.py", "room/inner.py", "other.py"}
    assert "typed.py" not in found
    assert "show/__init__.py" not in found


@pytest.mark.parametrize(
    "cell",
    [
        "from aics import room",
        "import aics.room",
        "from aics.room import (\n    thing,\n)",
        "import importlib\nimportlib.import_module('aics.room')",
        "%matplotlib inline\nfrom aics.room import thing\ndef broken(:",
    ],
)
def test_a_cell_names_the_files_that_it_imports(cell, write, tmp_path):
    write("labs/aics/__init__.py", "")
    write("labs/aics/room.py", "thing = 1")
    assert tmp_path / "labs" / "aics" / "room.py" in named_files(f"# {tmp_path}\n{cell}")


@contextmanager
def run_noted() -> Iterator[set[tuple[Path, int]]]:
    """Note the file and first line of every function of the checkout that runs meanwhile."""
    seen: set[tuple[str, int]] = set()
    found: set[tuple[Path, int]] = set()

    def note(frame: FrameType, event: str, _argument: object) -> None:
        if event == "call" and frame.f_code.co_name != "<module>":
            seen.add((frame.f_code.co_filename, frame.f_code.co_firstlineno))

    sys.setprofile(note)
    try:
        yield found
    finally:
        sys.setprofile(None)
    found |= {(Path(file), line) for file, line in seen if file.startswith(str(ROOT)) and "site-packages" not in file}


def only_defines(file: Path, line: int) -> bool:
    """Whether a class begins at a line whose body defines methods and fields, and so runs nothing when imported."""
    for node in ast.walk(ast.parse(file.read_text("utf-8"))):
        if isinstance(node, ast.ClassDef) and line in {node.lineno, *(d.lineno for d in node.decorator_list)}:
            return all(isinstance(each, ast.FunctionDef | ast.AnnAssign) or is_text(each) for each in node.body)
    return False


def is_text(node: ast.stmt) -> bool:
    return isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)


def top_level_name(file: Path, line: int) -> str:
    """The top-level definition that a line belongs to."""
    for node in ast.parse(file.read_text("utf-8")).body:
        first = min([node.lineno, *(d.lineno for d in getattr(node, "decorator_list", []))])
        if first <= line <= (node.end_lineno or line):
            return getattr(node, "name", "")
    return ""


@pytest.mark.slow
@pytest.mark.parametrize("lab", labs(), ids=lambda lab: lab.name)
def test_all_that_runs_for_a_question_is_in_its_reach(lab):
    """Cases are drawn, expected and asked of the solution on all public cases, and what comes back is measured."""
    lab = Lab(lab.name)  # a fresh one, whose modules remember nothing
    with working_folder(lab) as folder:
        namespace = run_cells(solution_cells(lab), beside=folder)
    steps = steps_of(nbformat.read(lab.released, 4), lab.questions)
    sources = [step.source for step in steps] + list(start_files(lab).values())
    common = engine_files() | files_reached(file for source in sources for file in named_files(source))
    for name, question in lab.questions.items():
        with run_noted() as ran:
            for case in public_cases(question):
                question.expected(**case)
                lab.answer(name, namespace, case)
            if question.speed:
                question.speed.case(np.random.default_rng(0))
        private, public = question_reach(lab, name)
        pieces, files = private.pieces | public.pieces, private.files | public.files | common
        own = (lab.folder, lab.public)
        for file, line in ran:
            if any(file.is_relative_to(folder) for folder in own):
                if only_defines(file, line):
                    continue
                there = (
                    file,
                    top_level_name(file, line),
                ) in pieces or file in common  # a cell of the notebook names it
                assert there, f"{name}: {file}, line {line}"
            elif file.is_relative_to(ROOT / "labs" / "aics") and not shows_only(file):
                assert file in files, f"{name}: {file}"


@pytest.mark.parametrize("lab", labs(), ids=lambda lab: lab.name)
def test_what_a_lab_says_of_all_its_questions_decides_each_of_them(lab):
    source = lab.folder / "questions.py"
    said = {(source, name) for name in SETTINGS if hasattr(lab._module, name)}

    for question in lab.questions:
        private, _ = question_reach(lab, question)
        assert said <= private.pieces.keys()
