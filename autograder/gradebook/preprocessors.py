"""Where nbgrader calls the grader: `nbgrader autograde`, formgrader's button and `autograder grade`."""

from __future__ import annotations

from pathlib import Path

from nbconvert.exporters.exporter import ResourcesDict
from nbformat import NotebookNode, from_dict
from nbgrader.api import Gradebook
from nbgrader.preprocessors import NbGraderPreprocessor
from traitlets import Bool, Enum

from autograder.course import ClassFolder, Lab
from autograder.grading.attempt import Attempt
from autograder.grading.bench import Bench
from autograder.grading.record import Record, key_of
from autograder.grading.seeds import course_secret, generator
from autograder.sandbox.levels import LEVELS, choose


class Judge(NbGraderPreprocessor):
    """Fill a hand-in's outputs with what the sandboxed run brought, and its test cells with verdicts.

    A finished run of this very hand-in is taken from the class's records; else it is run now.
    """

    isolation = Enum(tuple(LEVELS), default_value="strict", help="Isolation level of the sandbox.").tag(config=True)
    values_only = Bool(False, help="Judge values and leave the timing out.").tag(config=True)

    def preprocess(self, nb: NotebookNode, resources: ResourcesDict) -> tuple[NotebookNode, ResourcesDict]:
        """Run or recall, then write the outputs."""
        about = resources["nbgrader"]
        student, lab = about["student"], Lab(about["assignment"])
        state = ClassFolder(Path(self.config.CourseDirectory.root))
        record = run_or_recall(state, student, lab, nb, self.isolation, self.values_only)
        for cell in nb.cells:
            if cell.cell_type != "code":
                continue
            name = cell.metadata.get("nbgrader", {}).get("grade_id")
            outputs = record.cards.get(name) or record.outputs.get(cell.id, [])
            cell.outputs = [from_dict(output) for output in outputs]
            cell.execution_count = None
        return nb, resources


class SaveExtraCredit(NbGraderPreprocessor):
    """Record a bonus question's points as nbgrader's extra credit (its own sum gives them 0 of 0)."""

    def preprocess(self, nb: NotebookNode, resources: ResourcesDict) -> tuple[NotebookNode, ResourcesDict]:
        """Write the extra credit of every bonus question."""
        about = resources["nbgrader"]
        with Gradebook(about["db_url"]) as gradebook:
            for cell in nb.cells:
                for output in cell.get("outputs", []):
                    bonus = output.get("metadata", {}).get("aics", {}).get("bonus")
                    if bonus is None or not cell.metadata.get("nbgrader", {}).get("grade"):
                        continue
                    name = cell.metadata.nbgrader.grade_id
                    grade = gradebook.find_grade(name, about["notebook"], about["assignment"], about["student"])
                    grade.extra_credit = bonus
            gradebook.db.commit()
        return nb, resources


def run_or_recall(
    state: ClassFolder, student: str, lab: Lab, notebook: NotebookNode, isolation: str, values_only: bool
) -> Record:
    """The record of this hand-in: the stored one if its key holds, else that of a run made now."""
    path = state.runs / student / f"{lab.name}.json"
    key = key_of(lab, notebook, isolation, values_only)
    record = Record.load(path)
    if record and record.key == key:
        return record
    choose(isolation)
    with Bench(isolation) as bench:
        record = run(bench, state, student, lab, notebook, values_only)
    record.save(path)
    return record


def run(bench: Bench, state: ClassFolder, student: str, lab: Lab, notebook: NotebookNode, values_only: bool) -> Record:
    """Run a hand-in on a bench and return its record."""
    secret = course_secret(state.folder)
    attempt = Attempt(
        lab,
        notebook,
        bench,
        lambda question: generator(secret, student, lab.name, question),
        values_only=values_only,
    )
    key = key_of(lab, notebook, bench.level, values_only)
    return Record.of(key, student, lab, attempt.run(), bench.level)
