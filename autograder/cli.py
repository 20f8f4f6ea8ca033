"""The `autograder` command: a thin layer over the modules that do the work."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from aics.language import tr
from aics.version import __version__
from autograder import terminal
from autograder.authoring.release_command import release
from autograder.authoring.translate.command import translate
from autograder.authoring.translate.help import collect
from autograder.cluster.command import scheduler, worker
from autograder.command_line import Names, Workers, err, level, out
from autograder.course import ROOT, ClassFolder, labs
from autograder.gradebook.command import grade
from autograder.gradebook.copy_command import gradebook
from autograder.grading.pool import cores
from autograder.marking.command import mark
from autograder.measure.command import measure
from autograder.measure.prove_command import prove
from autograder.oral.command import oral
from autograder.regrade.command import regrade
from autograder.report.command import report
from autograder.report.export_command import export
from autograder.similar.command import similar

app = typer.Typer(
    name="autograder",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode="rich",
    context_settings={"help_option_names": ["-h", "--help"]},
)


def _version(asked: bool) -> None:
    """Print the version and stop, if it was asked for."""
    if asked:
        out.print(f"autograder {__version__}", highlight=False)
        raise typer.Exit


@app.callback()
def options(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version and stop.")
    ] = False,
) -> None:
    """Build the labs, grade hand-ins in a sandbox, and prove that the grading is right."""


@app.command()
def build(
    names: Names = None,
    check: Annotated[
        bool, typer.Option("--check", help="Change nothing; say what differs from a fresh build.")
    ] = False,
) -> None:
    """Build notebooks into labs/ and reference data into data/reference/."""
    from autograder.authoring.build import build as build_lab
    from autograder.authoring.build import differences

    different = []
    for lab in labs(names or ()):
        with out.status(tr("building {lab}", lab=lab.name)):
            if check:
                different += differences(lab)
                continue
            changed = build_lab(lab, ClassFolder.current())
        written = ", ".join(path.relative_to(ROOT).as_posix() for path in changed) or tr("nothing changed")
        out.print(f"{lab.name}: {written}")
    for line in different:
        err.print(f"[bold]{line}[/]")
    if different:
        err.print(tr("Run `autograder build` and commit what it writes."))
        raise typer.Exit(1)
    if check:
        out.print(tr("labs/ and data/reference/ are what a fresh build makes."))


app.command()(grade)


@app.command()
def roster(
    files: Annotated[
        list[Path] | None,
        typer.Argument(
            help="Exports: Moodle's participants or grading worksheet, Canvas's, Blackboard's, Brightspace's."
        ),
    ] = None,
) -> None:
    """Read what a learning management system exports into the class's roster.csv, and check it.

    Exit status 1 if something stands there twice.
    """
    from autograder.intake.exports import take
    from autograder.intake.people import People
    from autograder.intake.roster import ROSTER

    folder = ClassFolder.current().folder
    people = People(folder)
    for file in files or ():
        out.print(take(file, people.roster, people.known), highlight=False, soft_wrap=True)
    if files:
        people.roster.write(folder / ROSTER)
    out.print(terminal.roster(folder / ROSTER, people))
    if people.roster.faults():
        raise typer.Exit(1)


app.command()(prove)
app.command()(release)
app.command()(measure)
app.command()(oral)
app.command()(report)
app.command()(export)
app.command()(similar)
app.command()(translate)
app.command()(mark)
app.command()(worker)
app.command()(scheduler)
app.add_typer(gradebook, name="gradebook")
app.add_typer(regrade, name="regrade")


@app.command()
def finish(
    name: Annotated[str, typer.Argument(help="The lab, such as lab2_layers.")],
    to: Annotated[Path, typer.Option(help="The folder to write to.")],
) -> None:
    """Write a lab's own solution as the course's files, to show what finished code does. Not for students."""
    from autograder.authoring.start import finished_files

    (lab,) = labs([name])
    to.mkdir(parents=True, exist_ok=True)
    for file, text in finished_files(lab).items():
        (to / file).write_text(text, "utf-8")
    out.print(f"{to}: {', '.join(finished_files(lab))}")


@app.command()
def doctor() -> None:
    """Say which isolation level holds here, what a higher one needs, and what is installed."""
    from autograder.measure.doctor import examine

    findings = examine()
    out.print(terminal.doctor(findings))
    if not findings.ready:
        raise typer.Exit(1)


@app.command()
def demo(
    lab: Annotated[
        str | None, typer.Option(help="The lab to make a class for; the one with most known code if not given.")
    ] = None,
    workers: Workers = cores(),
    isolation: Annotated[str | None, typer.Option(help="As for grade; the best that holds here if not given.")] = None,
) -> None:
    """Make a sample class out of a lab's known code, grade it, and show the gradebook."""
    from autograder.measure.demo import show

    chosen = max(labs([lab] if lab else ()), key=lambda lab: len(lab.misconceptions))
    if not show(chosen, workers, level(isolation) if isolation else None, out):
        raise typer.Exit(1)


collect(app, "autograder/cli.py")
