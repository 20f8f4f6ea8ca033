"""The command `autograder translate`."""

from __future__ import annotations

from typing import Annotated

import typer
from rich.table import Table

from autograder.command_line import out


def translate(
    names: Annotated[
        list[str] | None, typer.Argument(help="Catalogues: aics, autograder, or a lab; all if none is named.")
    ] = None,
    status: Annotated[
        bool, typer.Option("--status", help="Change nothing; count. Exit status 1 unless all is translated.")
    ] = False,
    new: Annotated[
        str | None, typer.Option(help="Begin a language, such as fr: empty catalogues, to be filled in.")
    ] = None,
) -> None:
    """Bring the catalogues of all languages up to date with the English sources, and compile them.

    A catalogue is a .po file beside what it translates; any editor for them will do. Where English was changed, its
    translation is marked as fuzzy and English is read instead until a person has looked at it.
    """
    from autograder.translate import catalogue_file
    from autograder.translate.editions import compile_catalogue, languages
    from autograder.translate.sources import sources

    wanted = sorted({*languages(), *([new] if new else [])})
    table, whole = Table("catalogue", "language", "messages", "translated", "outdated", "missing"), True
    for source in sources(names or ()):
        for language in wanted:
            path = source.folder / f"{language}.po"
            if not status:
                catalogue_file.write(path, catalogue_file.updated(path, source.messages))
                compile_catalogue(source, language)
            count = catalogue_file.counted(path, source.messages)
            whole = whole and count.translated == count.messages
            numbers = (count.messages, f"{count.share:.0%}", count.outdated, count.missing)
            table.add_row(source.name, language, *map(str, numbers))
    out.print(table)
    if status and not whole:
        raise typer.Exit(1)
