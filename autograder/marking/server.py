"""A Jupyter server for the pages on which people grade, at an address that nobody can guess."""

from __future__ import annotations

import os
import secrets
import socket

from autograder.command_line import out
from autograder.marking.words import say


def serve(page: str, what: str, *, blind: bool = False, grader: str = "", port: int = 0, browser: bool = True) -> None:
    """Serve the pages until somebody stops it; print the address of one, `page`, and `what` it is.

    `port` is any that is free where it is 0. The folder is the class's, and the server shows it to nobody else.
    """
    from jupyter_server.serverapp import ServerApp

    from autograder.course import ROOT, ClassFolder
    from autograder.marking.graders_page import BLIND, GRADER

    os.environ |= {BLIND: "1" if blind else "", GRADER: grader}
    os.chdir(ROOT)  # where nbgrader finds its configuration
    token, port = secrets.token_urlsafe(24), port or _free_port()
    arguments = [
        f"--ServerApp.root_dir={ClassFolder.current().served()}",
        f"--ServerApp.default_url=/aics/marking/{page}",
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
    address = f"http://127.0.0.1:{port}/aics/marking/{page}?token={token}"
    told = f"{say('address', what=what, address=address)}\n{say('how')}"
    server.io_loop.add_callback(lambda: out.print(told, highlight=False, soft_wrap=True))  # once it listens
    server.start()


def _free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])
