"""The commands `autograder regrade ...`."""

from __future__ import annotations

import getpass
from pathlib import Path
from typing import Annotated

import typer
from rich.markup import escape

from autograder.command_line import Json, err, out, write_json

Number = Annotated[int, typer.Argument(help="The request's number, as `autograder regrade list` tells it.")]
Grader = Annotated[str, typer.Option(help="Who decides.", show_default="this machine's user")]

regrade = typer.Typer(no_args_is_help=True, help="Take in, look at and decide students' regrade requests.")


@regrade.callback()
def group() -> None:
    """Take requests in, look at each with its evidence, and decide it; every decision is kept."""


@regrade.command()
def take(
    files: Annotated[
        list[Path] | None,
        typer.Argument(
            help="CSV files with the columns student, lab, question, says; notebooks, or folders and zips of hand-ins.",
            show_default="the class's hand-ins",
        ),
    ] = None,
) -> None:
    """Take requests in: lines of a CSV, and cells of notebooks that begin with `regrade`.

    What was taken before is known again. Exit status 1 if a request cannot be taken; the others are.
    """
    from autograder.course import ClassFolder
    from autograder.regrade.kept import read
    from autograder.regrade.taken import take as take_in
    from autograder.regrade.words import say

    state = ClassFolder.current()
    taken = take_in(state, files or [state.submitted])
    for line in taken.refused:
        err.print(escape(line), highlight=False, soft_wrap=True)
    counts = {"count": len(taken.new), "known": taken.known, "open": len(read(state).open)}
    out.print(say("taken", **counts), highlight=False)
    if taken.refused:
        raise typer.Exit(1)


@regrade.command(name="list")
def list_them(
    every: Annotated[bool, typer.Option("--all", help="Also the requests that are decided.")] = False,
    json_file: Json = None,
) -> None:
    """List the requests that are open, or all."""
    from autograder.course import ClassFolder
    from autograder.regrade.kept import read
    from autograder.regrade.shown import row, table
    from autograder.regrade.words import say

    kept = read(ClassFolder.current())
    requests = list(kept.requests.values()) if every else kept.open
    out.print(table(requests, kept) if requests else say("none.all" if every else "none"))
    if json_file:
        write_json(json_file, [row(request, kept) for request in requests])


@regrade.command()
def show(number: Number, json_file: Json = None) -> None:
    """Show one request: what is asked, the verdict with its evidence, the version of the rules, and the points."""
    from autograder.course import ClassFolder
    from autograder.regrade.kept import read
    from autograder.regrade.opened import opened
    from autograder.regrade.shown import opened_row, text

    state = ClassFolder.current()
    about = opened(state, read(state), number)
    out.print(escape(text(state, about)), highlight=False, soft_wrap=True)
    if json_file:
        write_json(json_file, [dict(opened_row(about))])


@regrade.command()
def decide(
    number: Number,
    keep: Annotated[bool, typer.Option("--keep", help="The points stay.")] = False,
    points: Annotated[float | None, typer.Option(help="What the answer gets instead.")] = None,
    comment: Annotated[str, typer.Option(help="For the student, on the feedback page.")] = "",
    grader: Grader = "",
    again: Annotated[bool, typer.Option("--again", help="Decide anew what was decided; both are kept.")] = False,
) -> None:
    """Decide a request: points and comment go into the gradebook, and the decision is kept for good."""
    from autograder.course import ClassFolder, CourseError
    from autograder.regrade.decided import Deciding
    from autograder.regrade.decided import decide as take_decision
    from autograder.regrade.shown import became
    from autograder.regrade.words import say

    if keep == (points is not None):
        raise CourseError(say("which"))
    state = ClassFolder.current()
    how = Deciding(grader=grader or getpass.getuser(), points=points, comment=comment, again=again)
    about, decision = take_decision(state, number, how)
    who = {"student": about.request.student, "lab": about.request.lab}
    what = {"before": decision.before, "points": decision.points, "most": about.most}
    told = say(f"decided.{became(decision)}", number=number, question=about.request.question, **who, **what)
    renew = say("renew", submitted=state.submitted, **who)
    out.print(f"{escape(told)}\n{escape(renew)}", highlight=False, soft_wrap=True)
