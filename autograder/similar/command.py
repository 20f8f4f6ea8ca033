"""The command `autograder similar`."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer
from rich.markup import escape

from autograder.command_line import err, out, write_json


def similar(
    lab: Annotated[str, typer.Argument(help="The lab, such as lab2_layers.")],
    pairs: Annotated[int, typer.Option(min=1, help="Pairs that are shown, at most.")] = 30,
    to: Annotated[
        Path | None,
        typer.Option(help="The page to write.", show_default="reports/LAB-similar.html in the class's folder"),
    ] = None,
    json_file: Annotated[
        Path | None, typer.Option("--json", help="Also write the pairs that are shown to this file, as a JSON list.")
    ] = None,
) -> None:
    """Show pairs of hand-ins that look alike, side by side: evidence for a person, never a verdict.

    Two things are looked for: code that two share and few others have, without names, blanks, comments, the notebook's
    own lines and the solution's; and rare mistakes that both made, by the grader's verdicts. The page says how often
    right answers of this class look alike. No grade is changed. Code is compared by the extra `similarity`; without it,
    mistakes alone are.

    \b
    Examples:
      autograder similar lab2_layers
      autograder similar lab2_layers --pairs 100 --json pairs.json
    """
    from autograder import whole
    from autograder.course import ClassFolder, labs
    from autograder.report.gathered import standings
    from autograder.report.standing import Standing
    from autograder.similar.answers import answers_of_class
    from autograder.similar.found import found
    from autograder.similar.page import as_rows, page
    from autograder.similar.words import say

    state, (known,) = ClassFolder.current(), labs([lab])
    path = (to or state.folder / "reports" / f"{lab}-similar.html").resolve()
    with out.status(lab):
        answers = answers_of_class(state, known)
        graded = {standing.student: standing for standing in standings(state, known, path.parent)}
        there = {student: graded.get(student, Standing(student=student)) for student in answers.students}
        compared = found(known, answers, there, pairs)
        whole.write_text(path, page(state, known, compared, datetime.now()))
    for line in compared.said:
        err.print(escape(line), highlight=False, soft_wrap=True)
    counts = {"students": len(there), "shown": len(compared.pairs), "pairs": len(compared.bits)}
    out.print(say("written", file=path, **counts), highlight=False, soft_wrap=True)
    if json_file:
        write_json(json_file, as_rows(compared))
