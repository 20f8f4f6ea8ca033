"""A checkout with a lab of two questions, one of which an exam keeps the check of: all commands there are real."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from autograder.course import ROOT
from autograder.sandbox.levels import probe
from tests.authoring.tiny_lab import NAME
from tests.once import Once
from tests.scale.conftest import Checkout, built, with_tiny

#: What the lab asks beside `double`; its numbers are like no others.
STUB = '''
# %% code="triple"
def triple(x):
    """Three times x."""
    ### BEGIN SOLUTION
    return 3 * x
    ### END SOLUTION
    raise NotImplementedError("lab 0, triple: return three times x")


# %% check="triple"
check("triple")

# %% [markdown] written="why"'''
ASKED = """    Question(name="triple", points=5, cases=thirds, expected=tripled, outputs=[Output(tolerance=NEAR)]),
    Written("""
PIECES = """

def thirds(rng):
    return [{"x": rng.normal(size=(n, 4))} for n in (2, 3)]


def tripled(x):
    return {"output": x * 3}
"""
ASK = """

def triple(triple, *, x):
    return {"output": triple(x)}
"""
ADDED = '"""This is x to the power of three: x * x * x, and not x + x + x."""\n\n\ndef triple(x):\n    return x**3\n'
RIGHT = {"double_code": "def double(x):\n    return x + x\n", "triple_code": "def triple(x):\n    return x + x + x\n"}
EXAM = f"""timezone = "Asia/Shanghai"
penalty_per_day = 10

[due]
{NAME} = 2025-01-31

[exam.{NAME}]
until = {{until}}
checks = ["double"]
"""
FUTURE, PAST = "2099-02-10 18:00:00", "2020-02-10 18:00:00"
UNTIL = "2099-02-10 18:00 UTC+08:00"


def set_exam(state: Path, until: str) -> None:
    state.mkdir(parents=True, exist_ok=True)
    (state / "deadlines.toml").write_text(EXAM.format(until=until))


def _make(root: Path) -> None:
    checkout, lab = with_tiny(root), root / "solutions" / NAME
    for name in ("LICENSE", "environment.yml", "labs/pyproject.toml"):
        shutil.copy(ROOT / name, root / name)
    replaced(lab / "notebook.py", '\n# %% [markdown] written="why"', STUB)
    replaced(lab / "questions.py", "    Written(", ASKED)
    replaced(lab / "questions.py", "cases, doubled", "cases, doubled, thirds, tripled")
    (lab / "misconceptions" / "triple__cubed.py").write_text(ADDED)
    for file, more in ((lab / "pieces.py", PIECES), (root / "labs" / "aics" / NAME / "asks.py", ASK)):
        file.write_text(file.read_text() + more)
    built(checkout)


def replaced(file: Path, old: str, new: str) -> None:
    text = file.read_text()
    assert text.count(old) == 1
    file.write_text(text.replace(old, new))


@pytest.fixture(scope="session")
def checkout(once: Once) -> Checkout:
    strict = probe()[0]
    if not strict.holds:
        pytest.skip(f"strict isolation does not hold here: {strict.why}")
    return Checkout(once("exam-checkout", _make))


@pytest.fixture(scope="session")
def exam_zip(checkout: Checkout, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What `autograder release` writes of it for a class for which it is an exam; what it said is beside it."""
    folder = tmp_path_factory.mktemp("exam")
    set_exam(folder / "course", FUTURE)
    done = checkout.run("-m", "autograder", "release", NAME, "--to", folder / "labs.zip", state=folder / "course")
    assert done.returncode == 0, done.stderr
    (folder / "said.txt").write_text(done.stdout)
    return folder / "labs.zip"
