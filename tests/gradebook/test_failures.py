"""A gradebook that cannot be used is one line that says what to do, whatever is wrong with it."""

from __future__ import annotations

import importlib.util
import os
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager, nullcontext
from pathlib import Path

import pytest

from autograder.authoring.build import register
from autograder.course import ClassFolder, Lab
from autograder.gradebook.errors import GradebookError, GradebookUnusable
from autograder.gradebook.failures import failure
from autograder.gradebook.nbgrader import Nbgrader
from tests.gradebook.conftest import LAB, autograder, write


@pytest.fixture
def folder(registered, tmp_path) -> Path:
    """A class's folder whose gradebook knows a lab."""
    shutil.copytree(registered, tmp_path / "course")
    return tmp_path / "course"


@contextmanager
def locked(file: Path) -> Iterator[None]:
    with closing(sqlite3.connect(file)) as other:
        other.execute("begin exclusive")
        yield


def in_the_way(file: Path):
    file.unlink()
    file.mkdir()
    return nullcontext()


def cut(file: Path):
    os.truncate(file, 20_000)
    return nullcontext()


def overwritten(file: Path):
    file.write_bytes(b"no database at all " * 100)
    return nullcontext()


FILES = {
    "locked": (locked, "is locked by another program"),
    "a folder": (in_the_way, "cannot be opened"),
    "cut": (cut, "is damaged"),
    "overwritten": (overwritten, "is damaged"),
}


@pytest.mark.parametrize(("damage", "words"), FILES.values(), ids=FILES)
def test_a_file_that_cannot_be_used_is_named_with_what_to_do(folder, damage, words):
    with damage(folder / "gradebook.db"), pytest.raises(GradebookUnusable, match=words) as raised:
        Nbgrader(ClassFolder(folder)).knows(Lab(LAB))
    assert str(folder / "gradebook.db") in str(raised.value)
    assert "\n" not in str(raised.value)


ADDRESSES = {
    "nonsense": "is no address of a database",
    "oracle9://x/y": "no driver is installed",
    "sqlite:////nowhere/gradebook.db": "cannot be opened",
    "postgresql://ada:secret@127.0.0.1:9/course": r"pip install -e '.\[postgres\]'",
    "postgresql+psycopg2://ada:secret@127.0.0.1:9/course": "pip install 'psycopg2",
}


@pytest.mark.parametrize("address", ADDRESSES)
def test_an_address_that_leads_nowhere_is_said_without_its_password(tmp_path, address):
    driver = "psycopg2" if "psycopg2" in address else "psycopg"
    there = "postgresql" in address and importlib.util.find_spec(driver)
    words = "does not answer" if there else ADDRESSES[address]
    with pytest.raises(GradebookUnusable, match=words) as raised:
        Nbgrader(ClassFolder(tmp_path, address)).knows(Lab(LAB))
    assert "secret" not in str(raised.value)


def test_a_gradebook_that_may_only_be_read_is_said_by_nbgrader(folder):
    """Root may write any file; a read-only connection refuses it too."""
    address = f"sqlite:///file:{folder / 'gradebook.db'}?mode=ro&uri=true"
    with pytest.raises(GradebookUnusable, match="may not be written"):
        register(Lab("lab1_preprocessing"), ClassFolder(folder, address))


LOG = """[INFO] Converting notebook x.ipynb
[ERROR] There was an error processing assignment: x
[ERROR] Traceback (most recent call last):
      File "writer.py", line 1, in write
    PermissionError: [Errno 13] Permission denied: 'x.html'
[ERROR] Please see the the above traceback for details on the specific errors on the above failures.
"""


@pytest.mark.parametrize("indent", ["", "    "])
def test_of_nbgraders_log_the_reason_is_told_and_not_where_to_see_it(indent):
    error = failure("sqlite:///x.db", LOG.replace("    Perm", f"{indent}Perm"))
    assert type(error) is GradebookError
    assert str(error) == "PermissionError: [Errno 13] Permission denied: 'x.html'"


ONE_STUDENTS = "sqlalchemy.exc.IntegrityError: (sqlite3.IntegrityError) UNIQUE constraint failed: student.id"
EVERYBODYS = "sqlalchemy.exc.OperationalError: (sqlite3.OperationalError) database is locked"
SERVERS = "sqlalchemy.exc.OperationalError: (psycopg.OperationalError) connection failed: Connection refused"


@pytest.mark.parametrize(
    ("raised", "kind"),
    [(ONE_STUDENTS, GradebookError), (EVERYBODYS, GradebookUnusable), (SERVERS, GradebookUnusable)],
)
def test_only_what_is_wrong_with_the_gradebook_stops_the_class(raised, kind):
    said = LOG.replace("PermissionError: [Errno 13] Permission denied: 'x.html'", raised)
    error = failure("postgresql://ada:secret@host/course", said)
    assert type(error) is kind
    assert "secret" not in str(error)


@pytest.mark.slow
@pytest.mark.usefixtures("can_grade")
def test_the_command_says_one_line_and_stops(folder, tmp_path, stub):
    write(tmp_path / "handins" / "ada", stub)
    with locked(folder / "gradebook.db"):
        done = autograder(ClassFolder(folder), "grade", tmp_path / "handins", "--values-only")
    assert done.returncode == 2
    (line,) = done.stderr.splitlines()
    assert "is locked by another program" in line


def test_a_folder_that_cannot_be_made_is_one_line_too(folder, tmp_path, stub):
    write(tmp_path / "handins" / "ada", stub)
    done = autograder(ClassFolder(folder / "gradebook.db"), "grade", tmp_path / "handins", "--values-only")
    assert done.returncode == 2
    (line,) = done.stderr.splitlines()
    assert str(folder / "gradebook.db") in line
