"""What is asked of the original course's files: what that course asks and what they define, nothing else."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from nbformat.notebooknode import NotebookNode

from autograder.course.original import (
    ABSENT,
    ASKED,
    ASKED_EARLIER,
    ASKED_SECOND,
    LEFT_OUT,
    NOT_ASKED,
    Original,
    mark,
    not_counted,
)
from autograder.intake.messages import say
from autograder.intake.released_lab import ReleasedLab, definitions, grade_id
from autograder.intake.restored import listed


def say_how_to_ask(
    notebook: NotebookNode,
    lab: ReleasedLab,
    defined: Collection[str],
    left_out: Mapping[str, str],
    *,
    second: bool = False,
) -> list[str]:
    """Write into each stub cell of `notebook` how its question is asked; return a remark on what is not.

    defined : what the files define, such as ``VGG19.forward``; left_out : file name to why it was not read;
    second : whether they are of the course's second edition
    """
    if not lab.is_original:
        return []
    stubs = {grade_id(cell): cell.source for cell in lab.release.cells}
    points = {grade_id(c): float(c.metadata.nbgrader.get("points") or 0) for c in _graded(lab)}
    unread = {name: why for file, why in left_out.items() for name in lab.exports[file]}
    for name, original in lab.questions.items():
        how = _how(original, definitions(stubs.get(f"{name}_code", "")), defined, unread)
        if second and original and original.second and how == ASKED:
            how = ASKED_SECOND
        for cell in notebook.cells:
            if grade_id(cell) == f"{name}_code":
                cell.source = f"{cell.source}\n\n{mark(how)}"
    dropped = not_counted(notebook)
    total = sum(each for name, each in points.items() if name not in dropped)
    return [say("out_of", total=total, names=listed(dropped, 20))]


def _how(original: Original | None, asked: Collection[str], defined: Collection[str], unread: Mapping[str, str]) -> str:
    """How a question is asked whose stub defines `asked`: one that the course does not ask, where it was answered."""
    if original is None:
        return ASKED if asked and set(asked) <= set(defined) else NOT_ASKED
    missing = original.missing(defined)
    if missing and original.earlier and not original.earlier.missing(defined):
        return ASKED_EARLIER
    if missing and missing[0].partition(".")[0] in unread:
        return LEFT_OUT + unread[missing[0].partition(".")[0]]
    return ABSENT + ", ".join(missing) if missing else ASKED


def _graded(lab: ReleasedLab) -> list[NotebookNode]:
    return [cell for cell in lab.release.cells if cell.metadata.get("nbgrader", {}).get("grade")]
