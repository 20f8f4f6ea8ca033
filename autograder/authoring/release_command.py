"""The command `autograder release`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from aics.language import listed, plural, tr
from aics.language.spoken import ENGLISH
from autograder.command_line import Names, out


def release(
    names: Names = None,
    to: Annotated[Path, typer.Option(help="The zip to write.")] = Path("dist/aics-labs.zip"),
    previews: Annotated[bool, typer.Option(help="Run each lab's solution for pages of finished pictures.")] = True,
    language: Annotated[
        str, typer.Option(help="The edition: en, or a language that all these labs are built in, such as zh.")
    ] = ENGLISH,
    notebooks: Annotated[
        Path | None,
        typer.Option(help="Also write each student's own notebooks below this folder, where parameters.toml says so."),
    ] = None,
) -> None:
    """Write the zip that students get: the labs, their data, how to start, and pages to read without running them.

    The class's folder says which labs ask students about their own code (own_code.toml), which are exams
    (deadlines.toml), and where questions' parameters differ by student (parameters.toml).
    """
    from autograder.authoring.own_sheet import class_sheet, files_of
    from autograder.authoring.preview import write_release_with_previews
    from autograder.authoring.release import write_release
    from autograder.authoring.translate.editions import refuse_unbuilt
    from autograder.course import ClassFolder, CourseError, labs
    from autograder.course.own_code import OwnCode
    from autograder.intake.exams import exams_on

    state, chosen = ClassFolder.current(), labs(names or ())
    refuse_unbuilt(chosen, language)
    exams = exams_on(state.folder)
    sheet, varying = class_sheet(state, chosen, exams)
    if notebooks and not sheet.labs:
        raise CourseError(
            tr(
                "There is nothing of its own for anybody: {folder} has no parameters.toml for these.",
                folder=state.folder,
            )
        )
    if sheet.labs and language != ENGLISH:
        raise CourseError(tr("Parameters that differ by student are in English notebooks only: leave --language out."))
    with out.status(tr("building public cases")):
        own = files_of(sheet, varying) if sheet.labs else {}
    write = write_release_with_previews if previews else write_release
    files = write(to, names or (), own_code=OwnCode.read(state.folder).labs, exams=exams, own=own, language=language)
    out.print(tr("{path}: {count} files, {size:.1f} MB", path=to, count=len(files), size=to.stat().st_size / 1e6))
    for lab in chosen:
        if lab.name in exams:
            out.print(exams[lab.name].said("released"), highlight=False, soft_wrap=True)
    for lab, questions in varying.items():
        out.print(
            tr("{lab}: everybody's own parameters for {questions}", lab=lab.name, questions=listed(questions)),
            highlight=False,
        )
    if notebooks:
        from autograder.authoring.own_notebooks import write_notebooks

        written = write_notebooks(notebooks, state, sheet)
        said = plural("{folder}: {count} notebooks", "{folder}: {count} notebooks", len(written), folder=notebooks)
        out.print(said, highlight=False)
