"""The `autograder` command: a thin layer over the modules that do the work."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer

from aics.version import __version__
from autograder import terminal
from autograder.authoring.command import release
from autograder.cluster.command import scheduler, worker
from autograder.command_line import Isolation, Json, Names, ValuesOnly, Workers, err, level, out, write_json
from autograder.course import ClassFolder, labs
from autograder.gradebook.command import grade
from autograder.gradebook.copy_command import gradebook
from autograder.grading.pool import cores
from autograder.marking.command import mark
from autograder.measure.command import measure
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
        with out.status(f"building {lab.name}"):
            if check:
                different += differences(lab)
                continue
            changed = build_lab(lab, ClassFolder.current())
        written = ", ".join(path.name for path in changed) or "nothing changed"
        out.print(f"{lab.name}: {written}")
    for line in different:
        err.print(f"[bold]{line}[/]")
    if different:
        err.print("Run `autograder build` and commit what it writes.")
        raise typer.Exit(1)
    if check:
        out.print("labs/ and data/reference/ are what a fresh build makes.")


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


@app.command()
def prove(
    names: Names = None,
    isolation: Isolation = "strict",
    workers: Workers = cores(),
    json_file: Json = None,
    values_only: ValuesOnly = False,
    again: Annotated[
        bool, typer.Option("--again", help="Prove all rows from nothing, also those that were kept and still hold.")
    ] = False,
    draws: Annotated[
        int, typer.Option(help="Instead, judge all known code on this many draws of hidden cases, without a sandbox.")
    ] = 0,
) -> None:
    """Try every solution, alternative, misconception and stub; say which mistakes get away.

    With --values-only the clock decides nothing, code that is only slow counts as another right way, and the variants
    of one cell take turns in one sandbox.
    What holds is kept in .prove/ and is tried again only when something that decides it has changed: an interrupted run
    goes on where it stood.
    Exit status 1 if right code loses points, or a mistake is not caught or not named.
    """
    from autograder.measure.kept_draws import Drawing
    from autograder.measure.kept_proofs import Proving

    if draws:
        drawing = Drawing(labs(names or ()), draws, again=again)
        with terminal.progress(out, "drawing", len(drawing.todo)) as advance:
            for _ in drawing.run(workers):
                advance()
        out.print(terminal.misjudged(drawing.found, draws, kept=drawing.kept))
        raise typer.Exit(1 if drawing.found else 0)
    proving = Proving(labs(names or ()), level(isolation), values_only=values_only, again=again)
    with terminal.progress(out, "proving", len(proving.todo)) as advance:
        for _ in proving.run(workers):
            advance()
    out.print(terminal.proofs(proving.rows, kept=proving.kept))
    if json_file:
        write_json(json_file, [asdict(proof) for proof in proving.rows])
    if not all(proof.holds for proof in proving.rows):
        raise typer.Exit(1)


app.command()(release)
app.command()(measure)
app.command()(oral)
app.command()(report)
app.command()(export)
app.command()(similar)
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
