"""A grade that a person gave stays confirmed for as long as the answer stays what it was."""

from __future__ import annotations

from pathlib import Path

from nbconvert.exporters.exporter import ResourcesDict
from nbformat import NotebookNode
from nbgrader.preprocessors import SaveAutoGrades

from autograder.course import ClassFolder
from autograder.gradebook.answers import answers, answers_path, remember, same_as_before


class SaveGrades(SaveAutoGrades):
    """nbgrader's SaveAutoGrades, which asks for every manual grade to be confirmed again, where that is needed only.

    What was graded last is remembered beside the record, since nbgrader removes the notebook that it graded before.
    """

    def preprocess(self, nb: NotebookNode, resources: ResourcesDict) -> tuple[NotebookNode, ResourcesDict]:
        """Save the grades, then remember what they are for."""
        about = resources["nbgrader"]
        state = ClassFolder(Path(self.config.CourseDirectory.root))
        file, now = answers_path(state, about["student"], about["assignment"]), answers(nb)
        self._same = same_as_before(file, now)
        nb, resources = super().preprocess(nb, resources)
        remember(file, now)
        return nb, resources

    def _add_score(self, cell: NotebookNode, resources: ResourcesDict) -> None:
        """Save one grade; what a person judged and is still the same needs no new judgement."""
        name = cell.metadata.nbgrader.grade_id
        grade = self.gradebook.find_grade(name, self.notebook_id, self.assignment_id, self.student_id)
        confirmed, score = not grade.needs_manual_grade, grade.auto_score
        super()._add_score(cell, resources)
        if confirmed and name in self._same and grade.auto_score == score:
            grade.needs_manual_grade = False
            self.gradebook.db.commit()
