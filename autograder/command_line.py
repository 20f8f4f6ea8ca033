"""What the commands share: two consoles, the options that several take, and what they write."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.markup import escape

from aics.language import listed, plural, tr

out = Console()
err = Console(stderr=True)

Names = Annotated[list[str] | None, typer.Argument(help="Labs, such as lab2_layers; all if none is named.")]
Isolation = Annotated[str, typer.Option(help="Isolation level: strict, or none for code that you trust.")]
Workers = Annotated[int, typer.Option(min=1, help="Hand-ins that run at the same time.", show_default="cores")]
ValuesOnly = Annotated[bool, typer.Option("--values-only", help="Leave the timing out.")]
Json = Annotated[Path | None, typer.Option("--json", help="Also write the rows to this file, as a JSON list.")]


def level(name: str) -> str:
    """Return the name of the isolation level to run at, said loudly if it is not the safest."""
    from autograder.sandbox.levels import LEVELS, SAFEST, choose

    if name not in LEVELS:
        raise typer.BadParameter(
            tr("{name!r} is none of {names}", name=name, names=listed(LEVELS)), param_hint="--isolation"
        )
    chosen = choose(name)
    if name != SAFEST:
        said = tr("isolation level {name}: {why}", name=name, why=escape(chosen.why))
        err.print(f"[bold reverse] {said} [/]")
    return name


def write_json(path: Path, rows: list[dict[str, object]]) -> None:
    """Write the rows of a table, and say so."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(rows, indent=1, ensure_ascii=False) + "\n", "utf-8")
    out.print(plural("{path}: {count} rows", "{path}: {count} rows", len(rows), path=path))
