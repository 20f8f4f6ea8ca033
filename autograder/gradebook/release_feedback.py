"""nbgrader's release_feedback, by command or by formgrader's button, which gives out no page that is not due."""

from __future__ import annotations

from pathlib import Path

from nbgrader.exchange.default import ExchangeReleaseFeedback

from autograder.course import ClassFolder
from autograder.course.exam import say
from autograder.gradebook.exam import not_due
from autograder.intake.restored import listed


class ReleaseDuePages(ExchangeReleaseFeedback):
    """Refuses while a page still tells scores that an exam hides, or hides those that students may see by now."""

    def copy_files(self) -> None:
        """Copy the pages into the exchange; ExchangeError where one is not to be seen as it is."""
        lab, chosen = self.coursedir.assignment_id, self.coursedir.student_id
        found = not_due(ClassFolder(Path(self.coursedir.root)), lab)
        if names := [name for name in found if chosen in ("", "*", name)]:
            self.fail(say("not_due", lab=lab, count=len(names), names=listed(names)))
        super().copy_files()
