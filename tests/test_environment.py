"""The ways in agree: pip and conda install the same versions, and the notebooks need nothing else."""

from __future__ import annotations

import ast
import re
import sys
import tomllib

import pytest

from autograder.course import LABS, ROOT

STUDENT = tomllib.loads((LABS / "pyproject.toml").read_text())["project"]
INSTRUCTOR = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
CONDA = (ROOT / "environment.yml").read_text()
#: What lies in the checkout, or beside a student's notebook.
OURS = {"aics", "stu_upload"}
#: Import name -> distribution, where they differ.
DISTRIBUTIONS = {"PIL": "pillow", "IPython": "ipykernel", "jupyter_client": "jupyter-client"}


def conda_pins():
    return re.findall(r"^\s+- (\S+==\S+)$", CONDA, re.M)


def test_conda_has_the_students_pins():
    assert sorted(conda_pins()) == sorted(STUDENT["dependencies"])


def test_conda_installs_the_package_itself_and_the_same_python():
    assert re.search(r"^\s+- -e \./labs$", CONDA, re.M)
    python = re.search(r"^\s+- python(\S+)$", CONDA, re.M)[1]
    assert python == STUDENT["requires-python"] == INSTRUCTOR["requires-python"]


def test_what_both_sides_install_has_one_version():
    ours = dict(pin.partition(";")[0].split("==") for pin in INSTRUCTOR["dependencies"] if "==" in pin)
    theirs = dict(pin.split("==") for pin in STUDENT["dependencies"])
    assert {name: ours[name] for name in ours.keys() & theirs} == {name: theirs[name] for name in ours.keys() & theirs}


def test_every_student_dependency_is_pinned():
    assert all(re.fullmatch(r"[\w.-]+==[\w.]+", pin) for pin in STUDENT["dependencies"])


def test_students_get_no_nbgrader_and_no_torch():
    assert not re.search(r"nbgrader|torch|autograder", "\n".join(STUDENT["dependencies"]) + CONDA)


@pytest.mark.parametrize("path", sorted((LABS / "aics").rglob("*.py")), ids=lambda path: path.stem)
def test_what_students_import_is_installed_for_them(path):
    names = {pin.split("==")[0] for pin in STUDENT["dependencies"]}
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        modules = [a.name for a in node.names] if isinstance(node, ast.Import) else []
        modules += [node.module] if isinstance(node, ast.ImportFrom) and not node.level else []
        for top in {module.split(".")[0] for module in modules} - sys.stdlib_module_names - OURS:
            assert DISTRIBUTIONS.get(top, top) in names, f"{path.name} imports {top}"
