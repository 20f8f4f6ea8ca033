"""The command `autograder release`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from autograder.command_line import Names, out


def release(
    names: Names = None,
    to: Annotated[Path, typer.Option(help="The zip to write.")] = Path("dist/aics-labs.zip"),
    previews: Annotated[bool, typer.Option(help="Run each lab's solution for pages of finished pictures.")] = True,
) -> None:
    """Write the zip that students get: the labs, their data, how to start, and pages to read without running them.

    The class's folder says which labs ask students about their own code (own_code.toml), and which are exams
    (deadlines.toml).
    """
    from autograder.authoring.preview import write_release_with_previews
    from autograder.authoring.release import write_release
    from autograder.course import ClassFolder, labs
    from autograder.course.own_code import OwnCode
    from autograder.intake.exams import exams_on

    folder = ClassFolder.current().folder
    exams, asking = exams_on(folder), OwnCode.read(folder).labs
    write = write_release_with_previews if previews else write_release
    files = write(to, names or (), own_code=asking, exams=exams)
    out.print(f"{to}: {len(files)} files, {to.stat().st_size / 1e6:.1f} MB")
    for lab in labs(names or ()):
        if lab.name in exams:
            out.print(exams[lab.name].said("released"), highlight=False, soft_wrap=True)
