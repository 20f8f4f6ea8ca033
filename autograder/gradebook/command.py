"""The command `autograder grade`."""

from __future__ import annotations

from dataclasses import asdict, replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from aics.language import tr
from autograder.command_line import Isolation, Json, ValuesOnly, Workers, err, level, out, write_json
from autograder.grading.pool import cores

if TYPE_CHECKING:
    from autograder.gradebook.grade_path import GradedClass


def grade(
    path: Annotated[
        Path, typer.Argument(help="A folder with a folder or file for each student, a zip, or one notebook.")
    ],
    lab: Annotated[str | None, typer.Option(help="Grade only this lab.")] = None,
    student: Annotated[str | None, typer.Option(help="Grade only this student.")] = None,
    workers: Workers = cores(),
    isolation: Isolation = "strict",
    json_file: Json = None,
    values_only: ValuesOnly = False,
    again: Annotated[
        bool, typer.Option("--again", help="Ask every question again, also where the verdict still holds.")
    ] = False,
    untimed: Annotated[
        bool, typer.Option("--untimed", help="Grade only hand-ins with code that a busy machine could not time.")
    ] = False,
    only: Annotated[
        str, typer.Option(metavar="QUESTION", help="Ask only this question, of hand-ins that were graded before.")
    ] = "",
    failed: Annotated[
        bool, typer.Option("--failed", help="Grade only hand-ins that lost points, or could not be graded.")
    ] = False,
    new: Annotated[
        bool, typer.Option("--new", help="Grade only hand-ins that are not graded yet, or are others by now.")
    ] = False,
    scheduler: Annotated[
        str, typer.Option(help="Grade on the workers of this scheduler, such as tcp://10.0.0.1:8786.")
    ] = "",
) -> None:
    """Grade hand-ins in the sandbox, into nbgrader's gradebook, with a feedback page each.

    Only questions whose verdicts may have changed are asked again, so a killed run simply goes on.
    """
    from autograder.course import ClassFolder, CourseError, labs
    from autograder.gradebook.chosen import nothing
    from autograder.gradebook.grade_handins import GradingOptions
    from autograder.gradebook.grade_path import grade_path

    if untimed and values_only:
        raise CourseError(tr("--untimed measures times, which --values-only leaves out: give one of the two."))
    try:
        options = GradingOptions(isolation=level(isolation), values_only=values_only, workers=workers, again=again)
        options = replace(options, untimed=untimed, failed=failed, new=new, only=only, scheduler=scheduler)
        done = grade_path(ClassFolder.current(), path, options, labs([lab] if lab else ()), student, out)
    except KeyboardInterrupt as stopped:
        err.print(str(stopped) or tr("Stopped before anything was done."), highlight=False)
        raise typer.Exit(130) from None
    if not done.graded and nothing(options):
        out.print(nothing(options))
        return
    _show(done)
    if json_file:
        write_json(json_file, [asdict(row) for g in done.graded for row in g.rows])
    if done.failed:
        raise typer.Exit(1)


def _show(done: GradedClass) -> None:
    """Print who became whom, the scores, and what is to be said."""
    from autograder import terminal

    if any(not arrival.plain for arrival in done.arrivals):
        out.print(terminal.arrivals(done.arrivals))
    out.print(terminal.scores(done))
    for line in terminal.remarks(done):
        out.print(line)
