"""The help of all commands in the language spoken: no command marks its texts, the tree of commands is walked."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import typer
from typer.core import TyperArgument, TyperCommand, TyperGroup, TyperOption

from aics.language import noted, tr
from autograder.authoring.translate.message import Message

#: What Typer itself says in any help: these names of `typer.rich_utils`, and its own options.
FRAME = {
    "ARGUMENTS_PANEL_TITLE": noted("Arguments"),
    "OPTIONS_PANEL_TITLE": noted("Options"),
    "COMMANDS_PANEL_TITLE": noted("Commands"),
    "ERRORS_PANEL_TITLE": noted("Error"),
    "ABORTED_TEXT": noted("Aborted."),
    "DEFAULT_STRING": noted("[default: {}]"),
    "REQUIRED_LONG_STRING": noted("[required]"),
    "RICH_HELP": noted("Try [blue]'{command_path} {help_option}'[/] for help."),
}
OWN = {
    "help": noted("Show this message and exit."),
    "install_completion": noted("Install completion for the current shell."),
    "show_completion": noted("Show completion for the current shell, to copy it or customize the installation."),
}


_apps: dict[str, typer.Typer] = {}


def collect(app: typer.Typer, where: str) -> None:
    """Let the catalogue have the help of an app, of which nothing below it knows."""
    _apps[where] = app


def messages() -> Iterator[Message]:
    """Yield the help texts of all apps' commands, options and arguments, each with the command that has it."""
    for where, app in _apps.items():
        for path, part in _parts(typer.main.get_command(app), ()):
            if part.help and getattr(part, "name", "") not in OWN:
                yield Message(part.help, ":".join((where, *path)))


def spoken(app: typer.Typer) -> TyperCommand | TyperGroup:
    """Return the app as a command whose help is in the language spoken; calling it runs it."""
    from typer import rich_utils

    for name, text in FRAME.items():
        setattr(rich_utils, name, tr(text))
    command: Any = typer.main.get_command(app)
    _put(command, None)
    found: TyperCommand | TyperGroup = command
    return found


def _put(command: Any, parent: Any) -> None:
    """Put the help of a command, and of those below it, into the language spoken.

    An option ``--help`` a command makes when it is first asked for, by the names that the commands above it give.
    """
    with command.make_context(command.name, [], parent=parent, resilient_parsing=True) as context:
        for part in (command, *command.get_params(context)):
            if getattr(part, "help", None):
                part.help = tr(part.help)
        for below in getattr(command, "commands", {}).values():
            _put(below, context)


def _parts(command: Any, path: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], Any]]:
    """A command, its arguments and options, and those of its commands, each with the commands that lead to it."""
    yield path, command
    for part in command.params:
        if isinstance(part, TyperArgument | TyperOption):
            yield path, part
    for name, below in getattr(command, "commands", {}).items():
        yield from _parts(below, (*path, name))
