"""The option --isolation: which level, said loudly where it is not the safest."""

from __future__ import annotations

from typing import Annotated

import typer
from rich.console import Console
from rich.markup import escape

Isolation = Annotated[str, typer.Option(help="Isolation level: strict, or none for code that you trust.")]


def chosen_level(name: str) -> str:
    """Return the name of the isolation level to run at; BadParameter where there is none of that name."""
    from autograder.sandbox.levels import LEVELS, SAFEST, choose

    if name not in LEVELS:
        raise typer.BadParameter(f"{name!r} is none of {', '.join(LEVELS)}", param_hint="--isolation")
    chosen = choose(name)
    if name != SAFEST:
        Console(stderr=True).print(f"[bold reverse] isolation level {name}: {escape(chosen.why)} [/]")
    return name
