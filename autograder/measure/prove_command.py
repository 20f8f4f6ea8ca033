"""The command `autograder prove`."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated

import typer

from aics.language import tr
from autograder.command_line import Isolation, Json, Names, ValuesOnly, Workers, level, out, write_json
from autograder.grading.pool import cores

if TYPE_CHECKING:
    from autograder.course import Lab


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
    parameters: Annotated[
        bool,
        typer.Option("--parameters", help="Instead, try all variants of questions that may differ, without a sandbox."),
    ] = False,
) -> None:
    """Try every solution, alternative, misconception and stub; say which mistakes get away.

    With --values-only the clock decides nothing, code that is only slow counts as another right way, and the variants
    of one cell take turns in one sandbox.
    What holds is kept in .prove/ and is tried again only when something that decides it has changed: an interrupted run
    goes on where it stood.
    Exit status 1 if right code loses points, or a mistake is not caught or not named.
    """
    from autograder import terminal
    from autograder.course import labs
    from autograder.measure.kept_draws import Drawing
    from autograder.measure.kept_proofs import Proving

    if draws:
        drawing = Drawing(labs(names or ()), draws, again=again)
        with terminal.progress(out, tr("drawing"), len(drawing.todo)) as advance:
            for _ in drawing.run(workers):
                advance()
        out.print(terminal.misjudged(drawing.found, draws, kept=drawing.kept))
        raise typer.Exit(1 if drawing.found else 0)
    if parameters:
        raise typer.Exit(_prove_variants(labs(names or ()), workers))
    proving = Proving(labs(names or ()), level(isolation), values_only=values_only, again=again)
    with terminal.progress(out, tr("proving"), len(proving.todo)) as advance:
        for _ in proving.run(workers):
            advance()
    out.print(terminal.proofs(proving.rows, kept=proving.kept))
    if json_file:
        write_json(json_file, [asdict(proof) for proof in proving.rows])
    if not all(proof.holds for proof in proving.rows):
        raise typer.Exit(1)


def _prove_variants(chosen: Sequence[Lab], workers: int) -> int:
    """Try all variants of the questions of these labs that have parameters; the exit status."""
    from autograder import terminal
    from autograder.measure.own_variants import own_variants, proved

    todo, rows = own_variants(chosen), []
    with terminal.progress(out, tr("proving"), len(todo)) as advance:
        for found in proved(todo, workers):
            rows += found
            advance()
    out.print(terminal.proofs(rows))
    return 0 if all(row.holds for row in rows) else 1
