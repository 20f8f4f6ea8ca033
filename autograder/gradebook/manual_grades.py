"""A grade that a person gave stays confirmed for as long as the answer stays what it was."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from pathlib import Path

from nbconvert.exporters.exporter import ResourcesDict
from nbformat import NotebookNode
from nbgrader.preprocessors import SaveAutoGrades

from autograder.course import ClassFolder
from autograder.grading.digests import digest_of


class SaveGrades(SaveAutoGrades):
    """nbgrader's SaveAutoGrades, which asks for every manual grade to be confirmed again, where that is needed only.

    What was graded last is remembered beside the record, since nbgrader removes the notebook that it graded before.
    """

    def preprocess(self, nb: NotebookNode, resources: ResourcesDict) -> tuple[NotebookNode, ResourcesDict]:
        """Save the grades, then remember what they are for."""
        about = resources["nbgrader"]
        runs = ClassFolder(Path(self.config.CourseDirectory.root)).runs
        file = runs / about["student"] / f"{about['assignment']}.answers.json"
        now, before = dict(_answers(nb)), _remembered(file)
        self._same = {name for name in now if now[name] == before.get(name)}
        nb, resources = super().preprocess(nb, resources)
        file.parent.mkdir(parents=True, exist_ok=True)
        fresh = file.with_suffix(f".{os.getpid()}.new")
        fresh.write_text(json.dumps(now), "utf-8")
        fresh.replace(file)
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


def _answers(nb: NotebookNode) -> Iterator[tuple[str, str]]:
    """The name of each graded cell with a digest of what its grade is for: the text, or all code."""
    code = digest_of(*(cell.source for cell in nb.cells if cell.cell_type == "code"))
    for cell in nb.cells:
        mark = cell.metadata.get("nbgrader", {})
        if mark.get("grade"):
            text = digest_of(cell.source, json.dumps(cell.get("attachments", {}), sort_keys=True))
            yield mark["grade_id"], text if mark.get("solution") else code


def _remembered(file: Path) -> dict[str, str]:
    """What was graded last; nothing where no file says so."""
    try:
        found = json.loads(file.read_text("utf-8"))
        return dict(found)
    except (OSError, ValueError, TypeError):
        return {}
