"""A course on a JupyterHub, by the files of docs/deploy: from the release to each student's own feedback page."""

from __future__ import annotations

import html
import json
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
import requests

from autograder.authoring.source import source_notebook
from autograder.course import Lab
from tests.scale import hub, person
from tests.scale.hub import User
from tests.scale.person import Person

pytestmark = [pytest.mark.slow, pytest.mark.skipif(bool(hub.missing()), reason=hub.missing())]

LAB = "lab1_preprocessing"
NOTEBOOK = f"{LAB}/{LAB}.ipynb"
THIS = {"course_id": "aics", "assignment_id": LAB}
#: The question that bob gets wrong, by the first known mistake of the bank.
MISTAKEN = "flip"


@dataclass(frozen=True)
class Course:
    """The hub in which all has happened, and who was there."""

    top: Path
    address: str
    teacher: Person
    ada: Person
    bob: Person
    rows: list[dict]

    @property
    def students(self) -> tuple[Person, Person]:
        return self.ada, self.bob

    def total(self, student: Person) -> float:
        return sum(row["score"] for row in self.rows if row["student"] == student.user.name)


@pytest.fixture(scope="module")
def people() -> Iterator[tuple[str, dict[str, User]]]:
    with hub.users("teacher", "ada", "bob") as made:
        yield made


@pytest.fixture(scope="module")
def course(people: tuple[str, dict[str, User]]) -> Iterator[Course]:
    """Release, fetch, answer, submit, collect, grade, release the feedback, fetch it: each as its user does it."""
    group, users = people
    if hub.unanswered():
        pytest.skip("no npm registry answers here, and the hub's proxy comes from one")
    with hub.installed(users["teacher"], group, LAB) as top, hub.running(top) as address:
        teacher, ada, bob = (Person(address, users[role]) for role in ("teacher", "ada", "bob"))
        formgrader(teacher, "release")
        hand_in(ada, answers())
        hand_in(bob, answers() | {f"{MISTAKEN}_code": mistake()})
        formgrader(teacher, "collect")
        rows = grade(top / "course", teacher.user)
        formgrader(teacher, "release_feedback")
        for student in (ada, bob):
            student.ask("POST", "assignments/fetch_feedback", json=THIS)
        yield Course(top, address, teacher, ada, bob, rows)


def formgrader(teacher: Person, what: str) -> None:
    """Press a button of formgrader's."""
    done = teacher.ask("POST", f"formgrader/api/assignment/{LAB}/{what}")
    assert done["success"], done


def answers() -> dict[str, str]:
    return {cell.id: cell.source for cell in source_notebook(Lab(LAB)).cells if cell.id.endswith("_code")}


def mistake() -> str:
    return next(m.source for m in Lab(LAB).misconceptions if m.question == MISTAKEN)


def hand_in(student: Person, given: dict[str, str]) -> None:
    """Fetch the lab, save the notebook with these answers, and submit it, as the buttons of JupyterLab do."""
    student.ask("POST", "assignments/fetch", json=THIS)
    notebook = student.ask("GET", f"api/contents/{NOTEBOOK}")["content"]
    for cell in notebook["cells"]:
        cell["source"] = given.get(cell["id"], cell["source"])
    student.ask("PUT", f"api/contents/{NOTEBOOK}", json={"type": "notebook", "format": "json", "content": notebook})
    done = student.ask("POST", "assignments/submit", json=THIS)
    assert done["success"], done


def grade(checkout: Path, teacher: User) -> list[dict]:
    """Grade what was collected, in the checkout, as the page says."""
    rows = teacher.home / "rows.json"
    words = (".venv/bin/autograder", "grade", "course/submitted", "--values-only", "--json", rows)
    done = teacher.run(*words, cwd=checkout)
    if "does not hold" in done.stderr:
        done = teacher.run(*words, "--isolation", "reduced", cwd=checkout)
    assert done.returncode == 0, done.stdout + done.stderr
    return json.loads(rows.read_text())


def pages(student: Person) -> list[Path]:
    return sorted((student.user.home / LAB / "feedback").glob(f"*/{LAB}.html"))


def test_each_server_runs_as_its_own_user(course: Course) -> None:
    for somebody in (course.teacher, course.ada, course.bob):
        asked = "import os, pwd; print(pwd.getpwuid(os.getuid()).pw_name)"
        assert somebody.run("", asked) == [f"{somebody.user.name}\n"]


def test_a_students_check_knows_the_mistake(course: Course) -> None:
    cells = {
        cell["id"]: cell["source"] for cell in course.bob.ask("GET", f"api/contents/{NOTEBOOK}")["content"]["cells"]
    }
    *_, card = course.bob.run(LAB, *(cells[name] for name in ("setup_given", "flip_code", "flip_check")))
    known = next(m for m in Lab(LAB).misconceptions if m.question == MISTAKEN)
    assert known.hint.split(". ")[0] in html.unescape(card)


def test_the_right_hand_in_has_all_points_and_the_mistake_costs_its_question(course: Course) -> None:
    whole = sum(question.points for question in Lab(LAB).questions.values())
    assert course.total(course.ada) == whole
    assert course.total(course.bob) == whole - Lab(LAB).questions[MISTAKEN].points
    assert {row["isolation"] for row in course.rows} <= {"strict", "reduced"}


def test_formgrader_shows_the_scores(course: Course) -> None:
    assert course.teacher.status("formgrader") == 200
    rows = course.teacher.ask("GET", f"formgrader/api/submissions/{LAB}")
    assert {row["student"]: row["code_score"] for row in rows} == {
        student.user.name: course.total(student) for student in course.students
    }


def test_each_student_gets_the_own_page_and_nobody_elses(course: Course) -> None:
    for own, other in (course.students, course.students[::-1]):
        (page,) = pages(own)
        assert f"{course.total(own):g}" in own.user.run("cat", page).stdout
        assert "Permission denied" in other.user.run("cat", page).stderr
        assert "Permission denied" in own.user.run("ls", course.top / "exchange" / "aics" / "feedback").stderr
        assert other.status(f"{course.address}/user/{own.user.name}/api/contents/{LAB}") == 403


def test_what_is_the_instructors_is_closed_to_students(course: Course) -> None:
    for path in ("course/solutions", "course/course", "exchange/aics/inbound", "state"):
        assert "Permission denied" in course.ada.user.run("ls", course.top / path).stderr, path
    assert course.ada.status("formgrader") == 404
    assert course.ada.status(f"{course.address}/user/{course.teacher.user.name}/formgrader") == 403
    assert "autograder" not in course.ada.user.run(course.top / "env" / "bin" / "pip", "list").stdout


def test_who_is_not_in_the_group_is_not_let_in(course: Course, people: tuple[str, dict[str, User]]) -> None:
    group, bob = people[0], course.bob.user
    subprocess.run(["gpasswd", "--delete", bob.name, group], check=True, capture_output=True)
    try:
        page = person.logged_in(requests.Session(), course.address, bob)
    finally:
        subprocess.run(["gpasswd", "--add", bob.name, group], check=True, capture_output=True)
    assert page.status_code == 403
    assert "Invalid username or password" in page.text


def test_a_hub_without_root_says_so_in_a_line(course: Course) -> None:
    done = course.teacher.user.run(*hub.command(course.top))
    assert done.returncode == 1
    assert done.stderr.splitlines()[-1].startswith("The hub was started without root")
    assert "Traceback" not in done.stderr


def test_an_exchange_that_nobody_can_write_to_is_said(course: Course) -> None:
    exchange = course.top / "exchange"
    exchange.chmod(0o755)
    try:
        done = course.ada.user.run(course.top / "env" / "bin" / "nbgrader", "submit", LAB)
    finally:
        exchange.chmod(0o1777)
    assert f"Unwritable directory, please contact your instructor: {exchange}" in done.stderr


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ((), "Got 0 arguments, expected an instructor and a group: "),
        (("teacher", "aics"), "expected a folder named course in the hub's own: "),
    ],
)
def test_what_cannot_be_installed_is_refused_in_a_line(arguments: tuple[str, ...], said: str) -> None:
    done = hub.install(hub.ROOT, *arguments)
    assert done.returncode == 1
    assert said in done.stderr
    assert done.stderr.count("\n") == 1


@pytest.mark.parametrize(
    ("instructor", "group", "said"),
    [
        ("root", "", "root is root"),
        ("nobody-here", "", "no user nobody-here"),
        ("", "nobody-here", "no group nobody-here"),
    ],
)
def test_who_is_not_there_is_named_in_a_line(
    people: tuple[str, dict[str, User]], tmp_path: Path, instructor: str, group: str, said: str
) -> None:
    script = tmp_path / "course" / "docs" / "deploy" / "install"
    script.parent.mkdir(parents=True)
    script.symlink_to(hub.DEPLOY / "install")
    done = hub.install(tmp_path / "course", instructor or people[1]["teacher"].name, group or people[0])
    assert done.returncode == 1
    assert said in done.stderr
    assert done.stderr.count("\n") == 1
    assert subprocess.run(["ls", "-A", tmp_path], capture_output=True, text=True).stdout == "course\n"
