"""A notebook as it was submitted, on a shelf until its turn comes: then it is repaired."""

from __future__ import annotations

from dataclasses import dataclass

from nbformat.notebooknode import NotebookNode

from aics.language import speaking
from aics.language.spoken import ENGLISH
from autograder.course.original import unmarked
from autograder.intake.editions import into_english, note_language
from autograder.intake.messages import say
from autograder.intake.own_text import OwnText
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
    own : OwnText, optional
        What is the student's own in it, where parameters differ.
    """

    shelved: Shelved
    lab: ReleasedLab
    skeleton: Skeleton
    own: OwnText | None = None

    def repaired(self) -> Repaired:
        """Repair the notebook, anew at each call."""
        submission, skeleton = self.shelved.notebook, self.own.skeleton if self.own else self.skeleton
        language = into_english(submission.cells, self.lab.name)
        with speaking("" if language == ENGLISH else language):
            before = self.own.settle(submission.cells) if self.own else []
            notebook, remarks = repaired(submission, skeleton)
            note_language(notebook, language)
            answered = _is_answered(notebook, skeleton)
            said = [] if answered else [say("nothing_filled")]
        return Repaired(notebook=notebook, answered=answered, remarks=[*before, *remarks, *said])


def _is_answered(notebook: NotebookNode, skeleton: Skeleton) -> bool:
    """Whether a cell that is the student's to fill holds anything else than what was released."""
    answers = {grade_id(cell): unmarked(cell.source) for cell in notebook.cells}
    mine = (number for number in range(len(skeleton.ids)) if skeleton.is_solution(number))
    return any(not skeleton.is_untouched(number, answers[skeleton.ids[number]]) for number in mine)
