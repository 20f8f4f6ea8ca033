"""A page that shows a hand-in as it is acts for its student; a feedback page does nothing."""

from __future__ import annotations

import html.parser
import io

import nbformat
import pytest
from nbconvert.filters import markdown2html
from rich.console import Console

from autograder.attacks import attempts
from autograder.authoring.source import source_notebook
from autograder.course import ClassFolder
from autograder.gradebook.grade_handins import GradingOptions
from autograder.gradebook.grade_path import grade_path
from autograder.gradebook.nbgrader import Nbgrader
from autograder.measure.demo import with_first_cell
from autograder.terminal import remarks, scores

from .handins import assert_gains_nothing, lab_named, released, steps
from .stock import TESTS

LAB = lab_named("lab2_layers")
EXHIBITS = attempts("clean_pages")
#: Attempts of other kinds that its hand-in holds too.
OTHERS = {name: attempts()[name] for name in ("gradebook_update", "forged_frames")}


@pytest.mark.parametrize("exhibit", EXHIBITS.values(), ids=str)
def test_succeeds_on_a_page_that_shows_it_as_it_is(exhibit, bench):
    assert acting(naive_page(bench, exhibit)) != []


@pytest.mark.parametrize("exhibit", EXHIBITS.values(), ids=str)
def test_gains_nothing_from_the_grader(exhibit, bench):
    assert_gains_nothing(bench, exhibit)


@pytest.mark.slow
def test_pages_and_gradebook_of_a_class_in_which_one_hand_in_tries_all(tmp_path, monkeypatch):
    state = ClassFolder(tmp_path / "course")
    monkeypatch.setenv("AICS_COURSE", str(state.folder))
    solution, mallory = source_notebook(LAB), released(LAB.name)
    for exhibit in (EXHIBITS | OTHERS).values():
        mallory = with_first_cell(mallory, exhibit.source)
        mallory.cells[0].id = exhibit.name[:64]
    for student, notebook in {"honest": solution, "mallory": mallory}.items():
        (tmp_path / "handins" / student).mkdir(parents=True)
        nbformat.write(notebook, tmp_path / "handins" / student / f"{LAB.name}.ipynb")
    console = Console(file=io.StringIO(), width=120)

    done = grade_path(state, tmp_path / "handins", GradingOptions(workers=1, values_only=True), [LAB], None, console)
    console.print(scores(done), *remarks(done))

    assert [graded.status for graded in done.graded] == ["graded", "graded"]
    with Nbgrader(state).gradebook() as gradebook:
        earned = {student: gradebook.find_submission(LAB.name, student).score for student in ("honest", "mallory")}
    assert earned == {"honest": sum(question.points for question in LAB.questions.values()), "mallory": 0}
    for student in earned:
        page = (state.folder / "feedback" / student / LAB.name / f"{LAB.name}.html").read_text("utf-8")
        assert acting(page) == []


def naive_page(bench, exhibit) -> str:
    """A page made by hand: what cells and tests showed, word by word."""
    bench.fresh_student(LAB)
    shown = []
    for step in steps(exhibit):
        source = TESTS["all close"].format(lab=LAB.name, question=step.question) if step.question else step.source
        shown += bench.student.kernel.execute(source, 3).outputs
    bench.end_student()
    return "\n".join(map(_as_it_is, shown))


def _as_it_is(output) -> str:
    data = output.get("data", {})
    if "text/markdown" in data:
        return markdown2html(data["text/markdown"])
    found = [data[kind] for kind in ("text/html", "image/svg+xml", "text/plain") if kind in data]
    return found[0] if found else f"<pre>{output.get('text', '')}{output.get('ename', '')}</pre>"


class Acting(html.parser.HTMLParser):
    """Collects what acts in a page and belongs to an attempt: scripts, styles, handlers, links, frames."""

    def __init__(self):
        super().__init__()
        self.found, self.inside = [], ""

    def handle_starttag(self, tag, attributes):
        self.inside = tag
        self.found += [f"{tag} {name}" for name, value in attributes if "intrude" in (value or "")]

    def handle_endtag(self, _):
        self.inside = ""

    def handle_data(self, data):
        if self.inside in ("script", "style") and "intrude" in data:
            self.found.append(f"{self.inside}: {data[:200]}")


def acting(page: str) -> list[str]:
    """What acts in a page for an attempt."""
    parser = Acting()
    parser.feed(page)
    return parser.found


def test_the_reading_of_pages_finds_what_acts():
    assert acting("<p onload='intrude()'><script>intrude()</script>") == ["p onload", "script: intrude()"]
