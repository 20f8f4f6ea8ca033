"""Where nbgrader calls the grader: `nbgrader autograde`, formgrader's button and `autograder grade`."""

from __future__ import annotations

from pathlib import Path

from nbconvert.exporters.exporter import ResourcesDict
from nbformat import NotebookNode
from nbgrader.api import Gradebook
from nbgrader.preprocessors import NbGraderPreprocessor
from traitlets import Bool, Enum

from aics.language import speaking
from aics.language.of_notebook import language_of
from autograder.course import ClassFolder, Lab
from autograder.gradebook.by_hand import set_extra_credit
from autograder.gradebook.graded_notebook import fill
from autograder.grading.bench import Bench
from autograder.grading.key import VerdictKeys
from autograder.grading.record import Record
from autograder.grading.run import grade_steps, job_for, record_path
from autograder.grading.steps import Step, steps_of
from autograder.sandbox.levels import LEVELS, choose


class GradeInSandbox(NbGraderPreprocessor):
    """Fill a hand-in's outputs with what its run in the sandbox showed, and its test cells with verdicts.

    In the place of nbgrader's Execute. Questions whose verdicts are recorded and still hold are not asked again.
    """

    isolation = Enum(tuple(LEVELS), default_value="strict", help="Isolation level of the sandbox.").tag(config=True)
    values_only = Bool(False, help="Judge values and leave the timing out.").tag(config=True)
    recorded = Bool(False, help="The record is of this very hand-in, made just now: take it as it is.").tag(config=True)

    def preprocess(self, nb: NotebookNode, resources: ResourcesDict) -> tuple[NotebookNode, ResourcesDict]:
        """Run or recall, then write the outputs."""
        about = resources["nbgrader"]
        lab = Lab(about["assignment"])
        steps = steps_of(nb, lab.questions)
        with speaking(language_of(nb)):
            record = self._record(about["student"], lab, steps)
            fill(nb, steps, record)
        return nb, resources

    def _record(self, student: str, lab: Lab, steps: list[Step]) -> Record:
        """The record that was made just now, or else one whose every verdict holds."""
        state = ClassFolder(Path(self.config.CourseDirectory.root))
        known = Record.load(record_path(state, student, lab.name)) if self.recorded else None
        if known:
            return known
        job = job_for(state, student, VerdictKeys(lab), steps, isolation=self.isolation, values_only=self.values_only)
        finished = job.finished()
        if finished:
            return finished
        choose(self.isolation)
        with Bench(self.isolation) as bench:
            return grade_steps(bench, job, steps)


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
                    set_extra_credit(grade, bonus)
            gradebook.db.commit()
        return nb, resources
