"""A notebook as it was submitted, on a shelf until its turn comes: then it is repaired."""

from __future__ import annotations

from dataclasses import dataclass

from nbformat.notebooknode import NotebookNode

from autograder.course.original import unmarked
from autograder.intake.messages import say
from autograder.intake.released_lab import ReleasedLab, grade_id
from autograder.intake.repair import repaired
from autograder.intake.shelf import Shelved
from autograder.intake.skeleton import Skeleton


@dataclass(frozen=True, kw_only=True)
class Repaired:
    """The released notebook with a submission's answers, whether there are any, and what was repaired."""

    notebook: NotebookNode
    answered: bool
    remarks: list[str]


@dataclass(frozen=True, kw_only=True)
class Submitted:
    """A submitted notebook that was read and recognised, and no more.

    Attributes
    ----------
    shelved : Shelved
        The clean notebook.
    lab : ReleasedLab
    skeleton : Skeleton
        The lab's.
    """

    shelved: Shelved
    lab: ReleasedLab
    skeleton: Skeleton

    def repaired(self) -> Repaired:
        """Repair the notebook, anew at each call."""
        notebook, remarks = repaired(self.shelved.notebook, self.skeleton)
        answered = self._is_answered(notebook)
        said = [] if answered else [say("nothing_filled")]
        return Repaired(notebook=notebook, answered=answered, remarks=[*remarks, *said])

    def _is_answered(self, notebook: NotebookNode) -> bool:
        """Whether a cell that is the student's to fill holds anything else than what was released."""
        skeleton = self.skeleton
        answers = {grade_id(cell): unmarked(cell.source) for cell in notebook.cells}
        mine = (number for number in range(len(skeleton.ids)) if skeleton.is_solution(number))
        return any(not skeleton.is_untouched(number, answers[skeleton.ids[number]]) for number in mine)
