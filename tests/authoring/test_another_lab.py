"""A lab copied into its two folders is built, proved and graded, and keeps to what is tested of every lab."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import zipfile
from collections import defaultdict
from pathlib import Path
from typing import Any

import nbformat
import pytest

from autograder.course import ROOT
from tests.notebooks import needs_student_environment

HERE = Path(__file__).parent / "another_lab"
LAB = "lab0_sums"
#: What is made here and lies in no copy.
NOT_COPIED = {"build", "course", "demo-class", "dist"}
CACHES = shutil.ignore_patterns("__pycache__", "*.egg-info")
#: What Python has compiled is as good in a copy, but for the tests: what pytest compiles names them by their paths.
BUILT = shutil.ignore_patterns("*.egg-info")
#: Where tests look at each lab, with its name among their parameters; elsewhere none asks which labs there are.
OF_EACH_LAB = (
    "tests/labs",
    "tests/authoring/test_build.py",
    "tests/authoring/test_start.py",
    "tests/grading/test_reach.py",
    "tests/measure/test_prove.py",
    "tests/test_architecture.py",
)
#: Tests that look at all labs together, and those of the house as it is described.
OF_ALL_LABS = ("test_every_file_has_a_rule", "test_it_holds", "test_no_oracle", "test_equal_contents")
DESCRIBED = ("tests/docs/test_architecture_page.py", "tests/docs/test_tables.py", "tests/test_environment.py")

pytestmark = [pytest.mark.slow, needs_student_environment]


class Checkout:
    """A copy of this checkout, in which commands run."""

    def __init__(self, root: Path) -> None:
        self.root = root
        for there in ROOT.iterdir():
            if there.is_dir() and not there.name.startswith(".") and there.name not in NOT_COPIED:
                shutil.copytree(there, root / there.name, ignore=CACHES if there.name == "tests" else BUILT)
            elif there.is_file():
                shutil.copy(there, root)
        (root / ".venv-student").symlink_to(ROOT / ".venv-student")
        root.chmod(0o755)

    def run(self, *command: str) -> str:
        """Run a Python module; the test fails with what it said."""
        paths = {"PYTHONPATH": f"{self.root}{os.pathsep}{self.root / 'labs'}", "AICS_COURSE": str(self.root / "class")}
        done = subprocess.run(
            [sys.executable, "-m", *command],
            cwd=self.root,
            env=os.environ | paths,
            capture_output=True,
            text=True,
            timeout=300,
            check=False,
        )
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    def rows(self, *command: str) -> list[dict[str, Any]]:
        """Run a command of the autograder that writes rows."""
        self.run("autograder", *command, "--json", "rows.json")
        return json.loads((self.root / "rows.json").read_text())

    def files(self) -> dict[str, bytes]:
        """What lies in the folders that are copied."""
        return {
            str(path.relative_to(self.root)): path.read_bytes()
            for top in ("autograder", "data", "labs", "solutions", "tests")
            for path in (self.root / top).rglob("*")
            if path.is_file() and "__pycache__" not in path.parts
        }


@pytest.fixture(scope="module")
def checkout(tmp_path_factory: pytest.TempPathFactory) -> Checkout:
    """The other lab in a checkout, built."""
    copy = Checkout(tmp_path_factory.mktemp("checkout"))
    before = copy.files()
    for side in HERE.iterdir():
        shutil.copytree(side, copy.root / side.name, dirs_exist_ok=True, ignore=CACHES)
    copy.run("autograder", "build", LAB)
    after = copy.files()
    assert {name: after[name] for name in before} == before
    built = {f"labs/{LAB}/{LAB}.ipynb", f"data/reference/{LAB}.npz"}
    assert built <= {name for name in after if name not in before and LAB in name}
    return copy


def test_every_row_of_its_proof_holds(checkout: Checkout) -> None:
    proofs = checkout.rows("prove", LAB, "--values-only")
    points: defaultdict[str, set[float]] = defaultdict(set)
    for proof in proofs:
        points[proof["kind"]].add(proof["score"] / proof["max_score"])
    assert points == {"solution": {1}, "alternative": {1}, "misconception": {0}, "stub": {0}}
    assert all(proof["named"] for proof in proofs if proof["kind"] == "misconception")


def test_hand_ins_are_graded(checkout: Checkout) -> None:
    handins = checkout.root / "handins"
    notebook = nbformat.read(checkout.root / "labs" / LAB / f"{LAB}.ipynb", 4)
    for student, line in {"ada": "return 2 * x", "edsger": "return x * x"}.items():
        for cell in notebook.cells:
            if cell.id == "twice_code":
                cell.source = f"def twice(x):\n    {line}"
        (handins / student).mkdir(parents=True)
        nbformat.write(notebook, handins / student / f"{LAB}.ipynb")
    scores = {(row["student"], row["question"]): row["score"] for row in checkout.rows("grade", "handins")}
    assert scores == {
        ("ada", "twice"): 40,
        ("ada", "running_total"): 0,
        ("edsger", "twice"): 0,
        ("edsger", "running_total"): 0,
    }


def test_what_is_tested_of_every_lab_and_of_the_house_holds(checkout: Checkout) -> None:
    """One run of all, since most of its time is that of collecting tests."""
    files = (*OF_EACH_LAB, "tests/authoring/test_release.py", "tests/grading/test_key.py", *DESCRIBED)
    chosen = " or ".join((LAB, *OF_ALL_LABS, *(Path(file).stem for file in DESCRIBED)))
    printed = checkout.run(
        "pytest", *files, "-k", f"({chosen}) and not outdates", "-m", "not timed", "-p", "no:cacheprovider", "-q"
    )
    assert "passed" in printed
    assert "skipped" not in printed


def test_it_is_released_alone(checkout: Checkout) -> None:
    checkout.run("autograder", "release", LAB, "--to", "labs.zip")
    with zipfile.ZipFile(checkout.root / "labs.zip") as file:
        assert f"aics-labs/labs/{LAB}/{LAB}.ipynb" in file.namelist()
