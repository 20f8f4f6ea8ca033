"""nbgrader's exchange takes feedback pages back to whom they belong: by the secret that came with the hand-in."""

from __future__ import annotations

import shutil
from pathlib import Path

import nbformat
import pytest
from nbgrader.utils import notebook_hash

from tests.authoring.tiny_lab import NAME

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def top(checkout, tmp_path_factory) -> Path:
    """A class whose gradebook knows the lab, and an empty exchange."""
    top = tmp_path_factory.mktemp("exchange")
    shutil.copytree(checkout.root / "course", top / "course")
    (top / "exchange").mkdir()
    (top / "exchange").chmod(0o777)
    return top


def collect(checkout, top: Path, when: str, code: str) -> str:
    """Leave a hand-in where `nbgrader collect` does, with what `nbgrader submit` puts beside it; its secret."""
    notebook = nbformat.read(checkout.root / "labs" / NAME / f"{NAME}.ipynb", 4)
    (stub,) = [cell for cell in notebook.cells if cell.metadata.get("nbgrader", {}).get("grade_id") == "double_code"]
    stub.source, folder = code, top / "course" / "submitted" / "ada" / NAME
    folder.mkdir(parents=True, exist_ok=True)
    nbformat.write(notebook, folder / f"{NAME}.ipynb")
    (folder / "timestamp.txt").write_text(f"2026-11-27 {when} UTC")
    (folder / "submission_secret.txt").write_text(f"secret of {when}")
    return f"secret of {when}"


def released(checkout, top: Path) -> dict[str, str]:
    """Grade, and release the feedback: page by its name in the exchange."""
    graded = ("-m", "autograder", "grade", top / "course" / "submitted", "--values-only")
    given = (f"--Exchange.root={top / 'exchange'}", "--course", "aics")
    for command in (graded, ("-m", "nbgrader", "release_feedback", NAME, *given)):
        done = checkout.run(*command, state=top / "course")
        assert done.returncode == 0, done.stderr
    return {path.name: path.read_text() for path in (top / "exchange" / "aics" / "feedback").iterdir()}


def name_in_exchange(secret: str) -> str:
    return f"{notebook_hash(secret=secret, notebook_id=NAME)}.html"


def test_a_page_is_found_by_the_secret_of_its_own_hand_in(checkout, top):
    first = name_in_exchange(collect(checkout, top, "10:00:00", "def double(x):\n    return x\n"))
    before = released(checkout, top)
    assert before.keys() == {first}
    second = name_in_exchange(collect(checkout, top, "11:00:00", "def double(x):\n    return x + x\n"))
    after = released(checkout, top)
    assert after.keys() == {first, second}
    assert after[first] == before[first] != after[second]
