"""A gradebook copied into another database and back: every score, comment and override, or nothing."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path

import pytest
from nbgrader.api import Gradebook
from sqlalchemy import inspect, select

from autograder.course import ClassFolder
from autograder.course.paths import driven
from autograder.gradebook.configuration import configuration
from autograder.gradebook.copied import BATCH, TABLES, Copying, closing_engine
from autograder.gradebook.errors import GradebookUnusable

from . import postgresql
from .conftest import autograder

STUDENTS, SAID = 3, "看不懂 conv, 再看一遍 🙂\nand a second line"


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> ClassFolder:
    """A class whose gradebook has all that a person may have put there."""
    configuration()  # nbgrader finds `alembic` by its name
    state = ClassFolder(tmp_path_factory.mktemp("class"))
    with Gradebook(state.gradebook_url, "aics") as gradebook:
        gradebook.add_assignment("lab", duedate=datetime(2026, 11, 27, 12, 30, 5, 250))
        gradebook.add_notebook("lab", "lab")
        gradebook.add_grade_cell("conv", "lab", "lab", max_score=12.5, cell_type="code")
        gradebook.add_solution_cell("conv", "lab", "lab")
        gradebook.add_source_cell("conv", "lab", "lab", cell_type="code", source="x = 1\n", locked=True)
        for number in range(STUDENTS):
            gradebook.add_student(f"学生{number}", first_name="Ada", email="ada@example.org")
            handin = gradebook.add_submission("lab", f"学生{number}")
            handin.timestamp, handin.extension = datetime(2026, 11, 27), timedelta(days=2, microseconds=7)
            grade = gradebook.find_grade("conv", "lab", "lab", f"学生{number}")
            grade.auto_score, grade.manual_score, grade.extra_credit = 0.1 + 0.2, 11.0 if number else None, 0.5
            grade.needs_manual_grade = not number
            gradebook.find_comment("conv", "lab", "lab", f"学生{number}").manual_comment = SAID
        gradebook.db.commit()
    return state


@pytest.fixture(scope="module")
def server():
    if why := postgresql.missing():
        pytest.skip(why)
    with postgresql.server() as one:
        yield one


def rows(address: str) -> dict[str, list[tuple]]:
    """All that a gradebook holds, table by table."""
    with closing_engine(address) as engine, engine.connect() as connection:
        return {table.name: sorted(map(tuple, connection.execute(select(table))), key=str) for table in TABLES}


def copied(source: str, target: str) -> str:
    copying = Copying(source, target)
    assert sum(copying.run()) >= sum(copying.counts.values()) > 0
    return copying.target


def told(source: str, target: str) -> str:
    """The one line of a copy that cannot be made."""
    with pytest.raises(GradebookUnusable) as raised:
        list(Copying(source, target).run())
    assert "\n" not in str(raised.value)
    return str(raised.value)


def test_a_file_is_copied_row_by_row(made: ClassFolder, tmp_path: Path) -> None:
    target = copied(made.gradebook_url, str(tmp_path / "another.db"))
    assert rows(target) == rows(made.gradebook_url)
    assert [path.name for path in tmp_path.iterdir()] == ["another.db"]


def test_more_rows_than_are_read_at_a_time_all_arrive(
    made: ClassFolder, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert BATCH > 2
    monkeypatch.setattr("autograder.gradebook.copied.BATCH", 2)
    assert rows(copied(made.gradebook_url, str(tmp_path / "another.db"))) == rows(made.gradebook_url)


@pytest.mark.slow
def test_a_server_takes_it_and_gives_it_back(made: ClassFolder, server: postgresql.Server, tmp_path: Path) -> None:
    there = copied(made.gradebook_url, server.address)
    back = copied(there, str(tmp_path / "back.db"))
    assert rows(there) == rows(back) == rows(made.gradebook_url)
    with Gradebook(there, "aics") as gradebook:
        assert gradebook.find_grade("conv", "lab", "lab", "学生1").score == 11.5
        assert gradebook.find_comment("conv", "lab", "lab", "学生1").comment == SAID
    held = sum(Copying(there, str(tmp_path / "third.db")).counts.values())
    assert f"has {held} rows already" in told(made.gradebook_url, server.address)


@pytest.mark.slow
def test_what_a_server_cannot_hold_leaves_it_empty(
    made: ClassFolder, server: postgresql.Server, tmp_path: Path
) -> None:
    source = copied(made.gradebook_url, str(tmp_path / "odd.db"))
    with Gradebook(source, "aics") as gradebook:
        gradebook.find_comment("conv", "lab", "lab", "学生2").manual_comment = "a\0b"
        gradebook.db.commit()
    address = driven(server.address)
    with closing_engine(address) as engine, engine.connect() as connection:
        connection.execution_options(isolation_level="AUTOCOMMIT").exec_driver_sql("CREATE DATABASE odd")
    target = address.removesuffix("postgres") + "odd"
    told(source, target)
    with closing_engine(target) as engine:
        assert inspect(engine).get_table_names() == []


def test_a_gradebook_with_rows_is_not_written_over(made: ClassFolder, tmp_path: Path) -> None:
    target = copied(made.gradebook_url, str(tmp_path / "another.db"))
    before = (tmp_path / "another.db").read_bytes()
    assert f"another.db has {sum(Copying(target, str(tmp_path / 'third.db')).counts.values())} rows" in told(
        made.gradebook_url, target
    )
    assert (tmp_path / "another.db").read_bytes() == before


@pytest.mark.parametrize(
    ("source", "target", "words"),
    [
        ("sqlite:///{folder}/none.db", "{folder}/to.db", "none.db holds no gradebook"),
        ("sqlite:///{folder}/text.db", "{folder}/to.db", "is damaged"),
        ("{made}", "oracle://host/course", "no driver is installed"),
        ("{made}", "://", "is no address of a database"),
        ("{made}", "{folder}/no/such/folder/to.db", "cannot be opened"),
        ("{made}", "postgresql://ada:secret@127.0.0.1:9/course", ""),
    ],
    ids=["no gradebook", "damaged", "unknown database", "no address", "no folder", "nobody answers"],
)
def test_what_cannot_be_copied_is_one_line(
    made: ClassFolder, tmp_path: Path, source: str, target: str, words: str
) -> None:
    (tmp_path / "text.db").write_text("these are no pages of a database" * 100)
    names = {"folder": tmp_path, "made": made.gradebook_url}
    line = told(source.format(**names), target.format(**names))
    assert words in line
    assert "secret" not in line
    assert [path.name for path in tmp_path.iterdir()] == ["text.db"]


@pytest.mark.slow
def test_the_command_says_what_it_copied_and_how_to_use_it(made: ClassFolder, tmp_path: Path) -> None:
    done = autograder(made, "gradebook", "copy", tmp_path / "another.db")
    assert done.returncode == 0, done.stderr
    assert f"{STUDENTS} students, {STUDENTS} grades" in done.stdout
    assert f"AICS_GRADEBOOK to its address, sqlite:///{tmp_path / 'another.db'}" in done.stdout
    again = autograder(made, "gradebook", "copy", tmp_path / "another.db")
    assert again.returncode == 2
    assert len(again.stderr.splitlines()) == 1
