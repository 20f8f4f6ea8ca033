"""The ways in agree: pip and conda install the same versions, and the notebooks need nothing else."""

from __future__ import annotations

import ast
import os
import re
import subprocess
import sys
import tomllib

import pytest

from autograder.authoring.source import source_notebook
from autograder.course import LABS, ROOT, labs

STUDENT = tomllib.loads((LABS / "pyproject.toml").read_text())["project"]
INSTRUCTOR = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
CONDA = (ROOT / "environment.yml").read_text()
#: What lies in the checkout, or beside a student's notebook.
OURS = {"aics", "stu_upload"}
EXTRAS = STUDENT["optional-dependencies"]
#: What a student may add, and no lab needs.
BOARD = EXTRAS.pop("board")
#: Everything that any lab needs; an extra may name another one of ours.
PINS = STUDENT["dependencies"] + [pin for pins in EXTRAS.values() for pin in pins if not pin.startswith("aics[")]
#: Import name -> distribution, where they differ.
DISTRIBUTIONS = {"PIL": "pillow", "IPython": "ipykernel", "jupyter_client": "jupyter-client"}


def conda_pins():
    return re.findall(r"^\s+- (\S+==\S+)$", CONDA, re.M)


def test_conda_has_the_students_pins():
    assert sorted(conda_pins()) == sorted(PINS)


def test_conda_installs_the_package_itself_and_the_same_python():
    assert re.search(r"^\s+- -e \./labs\[all\]$", CONDA, re.M)
    python = re.search(r"^\s+- python(\S+)$", CONDA, re.M)[1]
    assert python == STUDENT["requires-python"] == INSTRUCTOR["requires-python"]


def test_what_both_sides_install_has_one_version():
    ours = dict(pin.partition(";")[0].split("==") for pin in INSTRUCTOR["dependencies"] if "==" in pin)
    theirs = dict(pin.split("==") for pin in PINS)
    assert {name: ours[name] for name in ours.keys() & theirs} == {name: theirs[name] for name in ours.keys() & theirs}


def test_every_student_dependency_is_pinned():
    assert all(re.fullmatch(r"[\w.-]+==[\w.]+", pin) for pin in PINS + BOARD)


def test_the_tests_read_what_students_write_with_the_packages_that_students_would_add():
    assert set(BOARD) <= set(INSTRUCTOR["optional-dependencies"]["test"])


def test_what_is_installed_contradicts_no_pin():
    done = subprocess.run([sys.executable, "-m", "pip", "check"], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout


def test_students_get_no_nbgrader_and_no_torch():
    assert not re.search(r"nbgrader|torch|autograder", "\n".join(PINS) + CONDA)


def test_a_notebook_is_read_without_a_grammar_being_built_first():
    imported = "import sys, nbformat; print('lark' in sys.modules)"
    assert subprocess.check_output([sys.executable, "-c", imported], text=True).strip() == "False"


@pytest.mark.parametrize("path", sorted((LABS / "aics").rglob("*.py")), ids=lambda path: path.stem)
def test_what_students_import_is_installed_for_them(path):
    names = {pin.split("==")[0] for pin in PINS + BOARD}
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        modules = [a.name for a in node.names] if isinstance(node, ast.Import) else []
        modules += [node.module] if isinstance(node, ast.ImportFrom) and not node.level else []
        for top in {module.split(".")[0] for module in modules} - sys.stdlib_module_names - OURS:
            assert DISTRIBUTIONS.get(top, top) in names, f"{path.name} imports {top}"


def test_extras_are_of_labs_and_all_is_every_one():
    assert EXTRAS.keys() - {"all", "demos"} <= {lab.name.partition("_")[0] for lab in labs()}
    assert needed("all") == {pin.split("==")[0] for pin in PINS} - {
        pin.split("==")[0] for pin in STUDENT["dependencies"]
    }


def needed(extra):
    """The distributions of an extra, with those of the extras that it names."""
    found = set()
    for pin in EXTRAS[extra]:
        inner = re.fullmatch(r"aics\[(\w+)\]", pin)
        found |= needed(inner[1]) if inner else {pin.split("==")[0]}
    return found


@pytest.mark.parametrize("lab", labs(), ids=lambda lab: lab.name)
def test_a_lab_imports_what_its_extra_or_every_lab_installs(lab):
    """Run where the packages of the other extras cannot be found; a lab without an extra needs none of them."""
    extra = lab.name.partition("_")[0]
    hidden = needed("all") - (needed(extra) if extra in EXTRAS else set()) | {pin.split("==")[0] for pin in BOARD}
    code = f"import sys; sys.modules.update(dict.fromkeys({sorted(hidden)}, None))\n"
    code += "\n".join(cell.source for cell in source_notebook(lab).cells if cell.id == "setup_given")
    environment = {**os.environ, "PYTHONPATH": str(LABS)}
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=LABS / lab.name, env=environment, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr


def test_where_onnxruntime_is_missing_the_line_to_type_is_said():
    code = "import sys; sys.modules['onnxruntime'] = None\nfrom aics import start_from\nstart_from('layers')"
    environment = {**os.environ, "PYTHONPATH": str(LABS)}
    done = subprocess.run([sys.executable, "-c", code], env=environment, capture_output=True, text=True, check=False)
    assert re.search(
        r'onnxruntime is not installed\. Type: "\S+" -m pip install -e "\S+labs\[lab4\]"$', done.stderr.strip()
    )
