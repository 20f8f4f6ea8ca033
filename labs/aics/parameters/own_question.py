"""What a student's own check knows of a question whose parameters differ by student."""

from __future__ import annotations

from aics.check.folder import LabError, data_folder
from aics.check.reference import PublicQuestion, Reference
from aics.parameters.messages import say
from aics.parameters.sheet import Sheet, cases_file


def own_question(lab: str, question: str, student: str) -> PublicQuestion | None:
    """Return the question with a student's parameters; None where everybody is asked the same.

    Raises LabError where the notebook has no student yet, or the cases are not there.
    """
    sheet = Sheet.read()
    if sheet is None or question not in sheet.questions(lab):
        return None
    if not student:
        raise LabError(say("no_student", question=question, notebook=f"{lab}.ipynb"))
    path = data_folder() / cases_file(lab, question, sheet.place(lab, question, student))
    try:
        return Reference(path).question(question)
    except (OSError, ValueError, KeyError) as error:
        raise LabError(say("broken", file=path, why=type(error).__name__)) from error
