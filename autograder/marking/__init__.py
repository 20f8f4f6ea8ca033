"""Grading by hand, question by question: all answers on a page beside the rubric, in Jupyter's server."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from jupyter_server.serverapp import ServerApp


def _jupyter_server_extension_points() -> list[dict[str, str]]:
    """Say where Jupyter's server finds what it loads."""
    return [{"module": "autograder.marking"}]


def _load_jupyter_server_extension(server: ServerApp) -> None:
    """Add the pages to a server."""
    from autograder.marking.handlers import routes

    server.web_app.add_handlers(".*$", routes(server.web_app.settings["base_url"]))  # type: ignore[no-untyped-call]
