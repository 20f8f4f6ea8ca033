"""The command `autograder mark`."""

from __future__ import annotations

from typing import Annotated

import typer


def mark(
    lab: Annotated[str, typer.Argument(help="The lab, such as lab2_layers.", show_default="a list of all")] = "",
    question: Annotated[str, typer.Argument(help="The question, if the lab has several.")] = "",
    blind: Annotated[bool, typer.Option("--blind", help="Tell nobody whose answers are whose.")] = False,
    grader: Annotated[str, typer.Option(help="Who grades.", show_default="this machine's user")] = "",
    port: Annotated[int, typer.Option(help="The port of the page.", show_default="any that is free")] = 0,
    browser: Annotated[bool, typer.Option(help="Open the page.")] = True,
) -> None:
    """Grade answers in words by hand, question by question, in a browser and by keyboard alone.

    Equal answers are one. The rubric and the model answer stand beside; points, comment and who gave them go into the
    gradebook, and every decision is kept. Several people may grade at once. Without a lab, the page lists all such
    questions, and leads to the regrade requests, each with its verdict.
    """
    from autograder.course import ClassFolder, CourseError, labs
    from autograder.marking.answers import Answers
    from autograder.marking.rubric import rubric
    from autograder.marking.server import serve
    from autograder.marking.words import say

    if not lab:
        serve("", say("all"), blind=blind, grader=grader, port=port, browser=browser)
        return
    state, (known,) = ClassFolder.current(), labs([lab])
    question = question or next(iter(known.written), "")
    rubric(known, question)
    if not Answers(state, lab, question).groups():
        raise CourseError(say("nothing", question=question, folder=state.folder))
    what = say("answers_to", question=question)
    serve(f"{lab}/{question}", what, blind=blind, grader=grader, port=port, browser=browser)
