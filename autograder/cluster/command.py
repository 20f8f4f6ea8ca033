"""The commands `autograder worker` and `autograder scheduler`."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Coroutine
from typing import Annotated, Any

import typer

from aics.language import tr
from autograder.command_line import Isolation, level, out
from autograder.grading.pool import cores


def worker(
    address: Annotated[str, typer.Argument(help="The scheduler's address, such as tcp://10.0.0.1:8786.")],
    workers: Annotated[int, typer.Option(min=1, help="Hand-ins at the same time.", show_default="cores")] = cores(),
    isolation: Isolation = "strict",
) -> None:
    """Lend this machine's cores to `autograder grade --scheduler`, until Ctrl-C.

    Takes only work by the very rules that are kept here, at a level that the sandbox's canary has proved here. No
    gradebook and no folder is shared: a hand-in comes with all that it needs, and its grades go back.
    """
    work = _imported("worker").work
    _run(work(address, workers, level(isolation), lambda line: out.print(line, soft_wrap=True, highlight=False)))


def scheduler(
    host: Annotated[str, typer.Option(help="The address of this machine that others reach.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(min=0, max=65535, help="0: any that is free.")] = 8786,
) -> None:
    """Deal out hand-ins between `autograder grade --scheduler` and `autograder worker`, until Ctrl-C.

    Whoever reaches this port can run code on the workers: keep it inside your network, or set up TLS (docs/cluster.md).
    """
    serve = _imported("scheduler").serve
    _run(
        serve(host, port, lambda address: out.print(tr("{address}  Ctrl-C ends it.", address=address), soft_wrap=True))
    )


def _imported(name: str) -> Any:
    """A module of this room that needs Dask. ClusterError where it is not installed."""
    from importlib import import_module

    from autograder.cluster.errors import not_installed

    try:
        return import_module(f"autograder.cluster.{name}")
    except ModuleNotFoundError as error:
        raise not_installed() from error


def _run(work: Coroutine[Any, Any, None]) -> None:
    logging.getLogger("distributed").setLevel(logging.CRITICAL)  # what matters is said here, in one line
    try:
        asyncio.run(work)
    except KeyboardInterrupt:
        raise typer.Exit(130) from None
