"""The command `autograder mark`."""

from __future__ import annotations

import os
import secrets
import socket
from typing import Annotated

import typer

from autograder.command_line import out


def mark(
    lab: Annotated[str, typer.Argument(help="The lab, such as lab2_layers.")],
    question: Annotated[str, typer.Argument(help="The question, if the lab has several.")] = "",
    blind: Annotated[bool, typer.Option("--blind", help="Tell nobody whose answers are whose.")] = False,
    grader: Annotated[str, typer.Option(help="Who grades.", show_default="this machine's user")] = "",
    port: Annotated[int, typer.Option(help="The port of the page.", show_default="any that is free")] = 0,
    browser: Annotated[bool, typer.Option(help="Open the page.")] = True,
) -> None:
    """Grade answers in words by hand, question by question, in a browser and by keyboard alone.

    Equal answers are one. The rubric and the model answer stand beside; points, comment and who gave them go into the
    gradebook, and every decision is kept. Several people may grade at once.
    """
    from jupyter_server.serverapp import ServerApp

    from autograder.course import ROOT, ClassFolder, CourseError, labs
    from autograder.marking.answers import Answers
    from autograder.marking.handlers import BLIND, GRADER
    from autograder.marking.rubric import rubric
    from autograder.marking.words import say

    state, (known,) = ClassFolder.current(), labs([lab])
    question = question or next(iter(known.written), "")
    rubric(known, question)
    if not Answers(state, lab, question).groups():
        raise CourseError(say("nothing", question=question, folder=state.folder))
    os.environ |= {BLIND: "1" if blind else "", GRADER: grader}
    os.chdir(ROOT)  # where nbgrader finds its configuration
    token, port = secrets.token_urlsafe(24), port or _free_port()
    arguments = [
        f"--ServerApp.root_dir={state.served()}",
        f"--ServerApp.default_url=/aics/marking/{lab}/{question}",
        "--ServerApp.jpserver_extensions={'autograder.marking': True}",
        f"--ServerApp.open_browser={browser}",
        "--ServerApp.ip=127.0.0.1",
        f"--ServerApp.port={port}",
        "--ServerApp.port_retries=0",
        f"--IdentityProvider.token={token}",
        "--Application.log_level=WARN",
        *(["--allow-root"] if os.geteuid() == 0 else []),
    ]
    server = ServerApp.instance()
    server.initialize(argv=arguments)
    address = f"http://127.0.0.1:{port}/aics/marking/{lab}/{question}?token={token}"
    told = f"{say('address', question=question, address=address)}\n{say('how')}"
    server.io_loop.add_callback(lambda: out.print(told, highlight=False, soft_wrap=True))  # once it listens
    server.start()


def _free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])
