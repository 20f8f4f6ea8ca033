"""The zip that students get holds all that they need and nothing of the instructor's."""

from __future__ import annotations

import inspect
import os
import re
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import nbformat
import pytest

from autograder.authoring import assistants, release
from autograder.authoring.release import write_release
from autograder.authoring.source import source_notebook
from autograder.course import ROOT, CourseError, labs
from tests.once import Once
from tests.zips import unzipped, zip_of, zip_of_all

BINARY = {".mo", ".npz", ".png", ".jpg", ".webp", ".mat", ".otf"}
#: Lines that the public asks and paces share with private code: they only unpack.
TELLS_NOTHING = re.compile(
    r"\s*(return \w+|.{0,24}|[\w, ]+ = (x\.shape|zip\([\w, ]+, strict=True\))|with np\.errstate\(.*\):)\s*"
)


@pytest.fixture(scope="module")
def archive(once: Once) -> Path:
    return zip_of_all(once)


@pytest.fixture(scope="module")
def contents(archive):
    """Name below the zip's own folder -> bytes."""
    with zipfile.ZipFile(archive) as file:
        names = file.namelist()
        assert all(name.startswith("aics-labs/") for name in names)
        return {name.removeprefix("aics-labs/"): file.read(name) for name in names}


def test_it_holds_the_labs_their_data_and_how_to_start(contents):
    for lab in labs():
        assert f"labs/{lab.name}/{lab.name}.ipynb" in contents
        assert f"data/reference/{lab.name}.npz" in contents
        assert f"labs/aics/{lab.name}/asks.py" in contents
    assert {"README.md", "environment.yml", "labs/pyproject.toml", "labs/aics/__init__.py"} <= contents.keys()


def test_it_holds_nothing_else(contents):
    tops = {name.split("/")[0] for name in contents}
    assert tops == {"README.md", "AGENTS.md", "LICENSE", "LICENSES", "environment.yml", "labs", "data"}
    kinds = {Path(name).suffix for name in contents}
    assert kinds <= {"", ".txt", ".py", ".js", ".ipynb", ".toml", ".yml", ".md", ".json"} | BINARY
    assert not any(name.startswith("data/make") for name in contents)
    below_labs = {name.split("/")[1] for name in contents if name.startswith("labs/")}
    assert below_labs == {"aics", "pyproject.toml", "studio", "demos"} | {lab.name for lab in labs()}
    for lab in labs():
        assert [name for name in contents if name.startswith(f"labs/{lab.name}/")] == [
            f"labs/{lab.name}/{lab.name}.ipynb"
        ]


def test_assistants_are_told_how_to_help_and_the_courses_rule(contents):
    told = contents["AGENTS.md"].decode()
    assert assistants.TEXT.read_text("utf-8") == told
    rules = [line for line in told.splitlines() if line.startswith("**The course's rule:** ")]
    assert len(rules) == 1
    for word in ("# your code here", "*Your answer here.*"):
        assert word in told, "what it calls a stub and a written answer"
        assert word in "".join(cell.source for cell in nbformat.read(labs()[0].released, 4).cells)


def test_a_page_comes_with_the_lab_whose_code_it_shows_and_never_with_finished_code(once):
    for lab in labs():
        with zipfile.ZipFile(zip_of(once, lab)) as file:
            names = file.namelist()
        for page in ("studio", "demos"):
            assert (f"aics-labs/labs/{page}/{page}.ipynb" in names) == (lab.public / page).exists()


def test_no_oracle_no_case_and_no_solution_is_in_it(contents):
    text = "\n".join(c.decode("utf-8") for name, c in contents.items() if Path(name).suffix not in BINARY)
    released = {line.strip() for line in text.splitlines()}
    for lab in labs():
        private = {
            line.strip()
            for question in lab.questions.values()
            for function in (question.expected, question.cases)
            for line in inspect.getsource(function).splitlines()
        }
        for cell in source_notebook(lab).cells:
            for region in re.findall(r"BEGIN SOLUTION\n(.*?)\n\s*#+ END SOLUTION", cell.source, re.S):
                private |= {line.strip() for line in region.splitlines()}
        telling = {line for line in private if not TELLS_NOTHING.fullmatch(line)}
        assert len(telling) > 5 * len(lab.questions)
        assert telling & released == set()


def test_no_word_of_it_leads_to_the_instructors_side(contents):
    for name, content in contents.items():
        for word in (b"from autograder", b"import autograder", b"BEGIN SOLUTION", b"MARK SCHEME", str(ROOT).encode()):
            assert word not in content, (name, word)


def test_equal_contents_make_equal_bytes(archive, tmp_path, monkeypatch):
    monkeypatch.setattr(release, "differences", lambda _lab: [])
    write_release(tmp_path / "again.zip")
    assert (tmp_path / "again.zip").read_bytes() == archive.read_bytes()


def test_a_notebook_in_which_somebody_taught_does_not_get_out(tmp_path, monkeypatch):
    monkeypatch.setattr(release, "differences", lambda lab: [f"{lab.name}.ipynb differs from a fresh build in x"])
    with pytest.raises(CourseError, match=r"differs from a fresh build in x\. `autograder build` mends it"):
        write_release(tmp_path / "labs.zip")
    assert not (tmp_path / "labs.zip").exists()


def test_strays_in_the_labs_folders_stay_behind(tmp_path, monkeypatch):
    root = tmp_path / "checkout"
    for name in ("labs", "data"):
        shutil.copytree(ROOT / name, root / name, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "environment.yml", root)
    lab = labs()[0]
    for stray in (f"labs/{lab.name}/solved.ipynb", "labs/stu_upload/layers_1.py", "labs/aics.egg-info/PKG-INFO"):
        (root / stray).parent.mkdir(parents=True, exist_ok=True)
        (root / stray).write_text("{}")
    monkeypatch.setattr("autograder.course.LABS", root / "labs")
    monkeypatch.setattr(release, "ROOT", root)
    monkeypatch.setattr(release, "differences", lambda _lab: [])
    names = write_release(tmp_path / "labs.zip")
    assert f"labs/{lab.name}/{lab.name}.ipynb" in names
    assert not any("solved" in name or "stu_upload" in name or "egg-info" in name for name in names)


@pytest.mark.slow
def test_unzipped_elsewhere_the_readmes_commands_give_a_working_notebook(archive, tmp_path):
    folder = unzipped(archive, tmp_path)
    base = Path(sys.base_prefix) / "bin" / "python3"
    clean = {k: v for k, v in os.environ.items() if not k.startswith(("PYTHON", "AICS", "VIRTUAL"))}
    cached = subprocess.run([sys.executable, "-m", "pip", "cache", "dir"], capture_output=True, text=True, check=True)
    # Nothing is fetched twice, and only what is imported is compiled.
    environment = clean | {"HOME": str(tmp_path), "PIP_CACHE_DIR": cached.stdout.strip(), "PIP_COMPILE": "0"}

    def run(*command, timeout=600):
        done = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, timeout=timeout)
        assert done.returncode == 0, f"{command}\n{done.stdout[-2000:]}\n{done.stderr[-2000:]}"
        return done.stdout

    run(str(base), "-m", "venv", ".venv")
    readme = (folder / "README.md").read_text()
    assert '.venv/bin/pip install -e "./labs[all]"' in readme
    assert ".venv/bin/jupyter lab labs" in readme
    run(".venv/bin/pip", "install", "--quiet", "-e", "./labs[all]")
    assert "[ ] relu" in run(".venv/bin/python", "-c", "from aics import open_lab; ReLULayer = None\n" + TRY)
    notebooks = {lab: f"labs/{lab.name}/{lab.name}.ipynb" for lab in labs()}
    run(".venv/bin/jupyter", "nbconvert", "--to", "notebook", "--execute", "--inplace", *notebooks.values())
    for lab, notebook in notebooks.items():
        cells = nbformat.read(folder / notebook, 4).cells
        outputs = [output for cell in cells if cell.cell_type == "code" for output in cell.outputs]
        assert not any(output.output_type == "error" for output in outputs)
        cards = [output for output in outputs if "[ ]" in output.get("data", {}).get("text/plain", "")]
        assert len(cards) >= len(lab.questions)
        said = "".join(output.get("text", "") for output in outputs)
        assert ("Layers: finished ones (ONNX Runtime), since " in said) == bool(lab.starts_from)
    assert "Nothing is filled in yet" in run(".venv/bin/aics", "pack", notebooks[labs()[0]])


TRY = """
class ReLULayer:
    def forward(self, x):
        raise NotImplementedError("lab 2, relu: to do")
print(open_lab("lab2_layers")("relu"))
"""
