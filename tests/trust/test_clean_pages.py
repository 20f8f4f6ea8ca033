"""A page that shows a hand-in as it is acts for its student; a feedback page and the grader's terminal do nothing."""

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
OTHERS = {name: attempts()[name] for name in ("gradebook_update", "forged_frames", "forged_score")}


@pytest.mark.parametrize("exhibit", EXHIBITS.values(), ids=str)
def test_succeeds_on_a_page_that_shows_it_as_it_is(exhibit, bench):
    shown = naive_page(bench, exhibit)

    assert acting(shown) + escaping(shown) != []


@pytest.mark.parametrize("exhibit", EXHIBITS.values(), ids=str)
def test_earns_no_points_and_has_no_escapes_in_what_the_grader_says(exhibit, bench):
    outcome = assert_gains_nothing(bench, exhibit)
    said = [words for verdict in outcome.verdicts.values() for words in (verdict.reason, *verdict.notes)]

    assert escaping("\n".join([*said, *outcome.failed_cells])) == []


@pytest.fixture(scope="module")
def graded_class(tmp_path_factory):
    """Grade an honest hand-in and one that holds all attempts; return scores, pages, and what the terminal got."""
    folder = tmp_path_factory.mktemp("class")
    state, mallory = ClassFolder(folder / "course"), released(LAB.name)
    for name, exhibit in (EXHIBITS | OTHERS).items():
        mallory = with_first_cell(mallory, exhibit.source.replace("intrude", f"intrude_{name}"))
        mallory.cells[0].id = name
    for student, notebook in {"honest": source_notebook(LAB), "mallory": mallory}.items():
        (folder / "handins" / student).mkdir(parents=True)
        nbformat.write(notebook, folder / "handins" / student / f"{LAB.name}.ipynb")
    console = Console(file=io.StringIO(), width=120)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("AICS_COURSE", str(state.folder))
        done = grade_path(state, folder / "handins", GradingOptions(workers=1, values_only=True), [LAB], None, console)
        console.print(scores(done), *remarks(done))
        students = [graded.student for graded in done.graded if graded.status == "graded"]
        with Nbgrader(state).gradebook() as gradebook:
            earned = {student: gradebook.find_submission(LAB.name, student).score for student in students}
    pages = {s: state.folder / "feedback" / s / LAB.name / f"{LAB.name}.html" for s in students}
    said = console.file.getvalue()
    return earned, {student: page.read_text("utf-8") for student, page in pages.items()}, said


@pytest.mark.slow
def test_a_hand_in_that_tries_all_earns_nothing_and_the_honest_one_everything(graded_class):
    everything = sum(question.points for question in LAB.questions.values())

    assert graded_class[0] == {"honest": everything, "mallory": 0}


@pytest.mark.slow
@pytest.mark.parametrize("exhibit", EXHIBITS.values(), ids=str)
def test_gains_nothing_on_its_feedback_page(exhibit, graded_class):
    _, pages, said = graded_class
    found = acting(pages["mallory"]) + escaping(said)

    assert [each for each in found if f"intrude_{exhibit.name}" in each] == []


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
    words = (output.get(key, "") for key in ("text", "ename", "evalue"))
    return found[0] if found else f"<pre>{' '.join(words)}</pre>"


class Acting(html.parser.HTMLParser):
    """Collects what acts for an attempt: scripts, styles, handlers, pictures, covers."""

    def __init__(self):
        super().__init__()
        self.found, self.inside = [], ""

    def handle_starttag(self, tag, attributes):
        self.inside = tag
        self.found += [
            f"{tag} {name}={value}" for name, value in attributes if "intrude" in (value or "") and not plain(value)
        ]

    def handle_endtag(self, _):
        self.inside = ""

    def handle_data(self, data):
        if self.inside in ("script", "style") and "intrude" in data:
            self.found.append(f"{self.inside}: {data[:200]}")


def plain(value: str) -> bool:
    """Whether it is a link as any page may have: it leads elsewhere when it is pressed; or a broken picture."""
    link = value.startswith("https://") and not value.endswith((".png", ".css"))
    return link or value.startswith("data:image/png;")


def acting(page: str) -> list[str]:
    """What acts in a page for an attempt."""
    parser = Acting()
    parser.feed(page)
    return parser.found


def escaping(text: str) -> list[str]:
    """The lines that act on a terminal."""
    return [line for line in text.split("\n") if "\x1b" in line or "\u202e" in line]


def test_the_reading_of_pages_finds_what_acts():
    assert acting("<p onload='intrude()'><script>intrude()</script>") == ["p onload=intrude()", "script: intrude()"]
    assert escaping("one\nan \x1b[2J intrude\ntwo") == ["an \x1b[2J intrude"]
