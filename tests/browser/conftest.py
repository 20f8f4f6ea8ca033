"""A real browser on real servers: Debian's Chromium, formgrader, and the students' JupyterLab."""

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import NoReturn

import pytest

from autograder.course import ROOT
from tests.browser.classroom import Graded, write_handins
from tests.browser.servers import bare_environment, chromium, demos, jupyter, settle_jupyterlab
from tests.once import Once

INSTRUCTOR = ROOT / ".venv" / "bin"
STUDENT = ROOT / ".venv-student" / "bin"


class WithoutChromium(pytest.Module):
    """Takes the place of a module of tests where there is no browser: skipped whole, nothing is started."""

    def collect(self) -> NoReturn:
        pytest.skip("no Chromium here: on Debian `apt-get install chromium` brings it")


def pytest_pycollect_makemodule(module_path: Path, parent: pytest.Collector) -> pytest.Module | None:
    return None if chromium() else WithoutChromium.from_parent(parent, path=module_path)


@pytest.fixture(scope="session")
def graded(once: Once, tmp_path_factory: pytest.TempPathFactory) -> Graded:
    """The graded class, for this process alone: formgrader changes it."""
    folder = shutil.copytree(once("browser_class", grade_class), tmp_path_factory.mktemp("class"), dirs_exist_ok=True)
    return Graded(folder, json.loads((folder / "rows.json").read_text()), (folder / "said.txt").read_text())


def grade_class(folder: Path) -> None:
    """Four hand-ins, graded by the command as a user runs it; values only, to save time."""
    write_handins(folder / "handins")
    rows = folder / "rows.json"
    command = [INSTRUCTOR / "autograder", "grade", folder / "handins", "--values-only", "--json", rows]
    environment = bare_environment(folder) | {"AICS_COURSE": str(folder / "course"), "COLUMNS": "200"}
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=300, check=False)
    if "does not hold" in done.stderr:
        pytest.skip(f"strict isolation does not hold here: {done.stderr.strip()}")
    assert done.returncode == 0, done.stdout + done.stderr
    (folder / "said.txt").write_text(done.stdout)


@pytest.fixture(scope="session")
def formgrader(graded: Graded) -> Iterator[str]:
    """The address of formgrader on the graded class, started in the checkout as the README says."""
    environment = {"AICS_COURSE": str(graded.course)}
    with jupyter(INSTRUCTOR / "jupyter", "server", graded.folder, ROOT, environment) as address:
        yield f"{address}/formgrader"


@pytest.fixture(scope="session")
def student_files(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A student's folder: labs/ and data/ side by side."""
    folder = tmp_path_factory.mktemp("student")
    for name in ("labs", "data"):
        shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns("__pycache__", "*.egg-info"))
    return folder


@pytest.fixture(scope="session")
def jupyterlab(student_files: Path) -> Iterator[str]:
    """The address of a student's JupyterLab."""
    if not (STUDENT / "jupyter").exists():
        pytest.skip("no student environment: `make install` makes it")
    settle_jupyterlab(student_files)
    with jupyter(STUDENT / "jupyter", "lab", student_files, student_files) as address:
        yield address


@pytest.fixture(scope="session")
def demos_address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of the demos' start page, as a student serves it."""
    if not (STUDENT / "aics").exists():
        pytest.skip("no student environment: `make install` makes it")
    with demos(STUDENT / "aics", tmp_path_factory.mktemp("demos")) as served:
        yield served
