"""Candidates: submitted notebooks, repaired, of which one is graded for each student and lab."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from nbformat.notebooknode import NotebookNode

from autograder.course.original import marked, unmarked
from autograder.intake.attempts import Candidate, Moment
from autograder.intake.handin import one_line
from autograder.intake.messages import say
from autograder.intake.names import Person
from autograder.intake.outline import outlines, without_ipython_lines
from autograder.intake.released_lab import ReleasedLab, grade_id
from autograder.intake.repair import repair
from autograder.intake.shelf import Shelf
from autograder.intake.skeleton import Skeleton
from autograder.intake.walk import Parts

#: Hand-ins whose answers are parsed by one process, and so in memory together.
AT_ONCE = 32


def repaired_candidate(
    submitted: NotebookNode,
    lab: ReleasedLab,
    skeleton: Skeleton,
    shelf: Shelf,
    *,
    person: Person,
    origin: str,
    folder: Parts,
    moment: Moment,
    remarks: Sequence[str],
    from_notebook: bool,
) -> Candidate:
    """Return a submitted notebook, repaired, as a candidate."""
    notebook, more = repair(submitted, lab.release)
    answers = {grade_id(cell): unmarked(cell.source) for cell in notebook.cells}
    answered = any(
        not skeleton.is_untouched(number, answers[name])
        for number, name in enumerate(skeleton.ids)
        if skeleton.is_solution(number)
    )
    return Candidate(
        person=person,
        lab=lab,
        shelved=shelf.put(notebook),
        origin=one_line(origin, 300),
        folder=folder,
        moment=moment,
        answered=answered,
        from_notebook=from_notebook,
        original=not from_notebook and any(marked(cell.source) for cell in notebook.cells),
        remarks=[*remarks, *more, *([] if answered else [say("nothing_filled")])],
    )


def say_what_is_no_python(graded: Sequence[Candidate], skeletons: Mapping[str, Skeleton]) -> None:
    """Add a remark on each answer that is not Python 3; the judge gives it 0 all the same."""
    for first in range(0, len(graded), AT_ONCE):
        _say_what_is_no_python(graded[first : first + AT_ONCE], skeletons)


def _say_what_is_no_python(graded: Sequence[Candidate], skeletons: Mapping[str, Skeleton]) -> None:
    answers = []
    for best in graded:
        skeleton = skeletons[best.lab.name]
        stubs = {skeleton.ids[number] for number in skeleton.names}
        answers += [(best, cell) for cell in best.notebook.cells if grade_id(cell) in stubs]
    as_written = outlines([cell.source for _, cell in answers])
    answers = [pair for pair, outline in zip(answers, as_written, strict=True) if outline.complaint]
    found = outlines([without_ipython_lines(cell.source) for _, cell in answers])
    for (best, cell), outline in zip(answers, found, strict=True):
        if outline.complaint:
            best.remarks.append(say("not_python", where=grade_id(cell), why=outline.complaint))
