"""The command `autograder translate`."""

from __future__ import annotations

from typing import Annotated

import typer
from rich.table import Table

from aics.language import tr
from autograder.command_line import out


def translate(
    names: Annotated[
        list[str] | None, typer.Argument(help="Catalogues: aics, autograder, or a lab; all if none is named.")
    ] = None,
    status: Annotated[
        bool,
        typer.Option("--status", help="Change nothing; count. Exit status 1 unless all is translated without a fault."),
    ] = False,
    new: Annotated[
        str | None, typer.Option(help="Begin a language, such as fr: empty catalogues, to be filled in.")
    ] = None,
) -> None:
    """Bring the catalogues of all languages up to date with the English sources, and compile them.

    A catalogue is a .po file beside what it translates; any editor for them will do. Where English was changed, its
    translation is marked as fuzzy and English is read instead until a person has looked at it. What a program sees to
    be wrong with a translation is listed: code, formulas or blanks that are not kept, terms that docs/terms.csv lacks.
    """
    from autograder.authoring.translate import catalogue_file
    from autograder.authoring.translate.editions import compile_catalogue, languages
    from autograder.authoring.translate.sources import sources

    wanted = sorted({*languages(), *([new] if new else [])})
    heads = tr("catalogue | language | messages | translated | outdated | missing | faults").split(" | ")
    table, whole, found = Table(*heads), True, []
    for source in sources(names or ()):
        for language in wanted:
            path = source.folder / f"{language}.po"
            if not status:
                catalogue_file.write(path, catalogue_file.updated(path, source.messages))
                compile_catalogue(source, language)
            count = catalogue_file.counted(path, source.messages)
            wrong = catalogue_file.wrong(path)
            found += [tr("{name}, {where}: {fault}", name=source.name, where=at, fault=what) for at, what in wrong]
            whole = whole and count.translated == count.messages and not wrong
            numbers = (count.messages, f"{count.share:.0%}", count.outdated, count.missing, len(wrong))
            table.add_row(source.name, language, *map(str, numbers))
    for line in found:
        out.print(line, markup=False, highlight=False, soft_wrap=True)
    out.print(table)
    if status and not whole:
        raise typer.Exit(1)
