"""What the pages on which people grade have in common: where their parts lie, what they may load, who grades."""

from __future__ import annotations

import getpass
import os
from pathlib import Path

import jinja2

from aics.language import language
from autograder.marking.spoken import SpokenHandler
from autograder.marking.words import say

HERE = Path(__file__).parent
#: Environment variables by which `autograder mark` tells the server what was asked for.
BLIND, GRADER = "AICS_MARKING_BLIND", "AICS_MARKING_GRADER"
#: What a page may load: its own scripts and styles, and pictures that come with an answer.
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src data:; connect-src 'self'; "
    "form-action 'self'; frame-ancestors 'self'"
)


class GradersPage(SpokenHandler):
    """A page whose scripts and styles are its own, and that shows nothing fetched from elsewhere."""

    def set_default_headers(self) -> None:
        """Tell the browser so."""
        super().set_default_headers()
        self.set_header("Content-Security-Policy", POLICY)

    def render_page(self, name: str, **values: object) -> None:
        """Write a page from its template."""
        loader = jinja2.FileSystemLoader(HERE / "templates")
        environment = jinja2.Environment(loader=loader, autoescape=True, undefined=jinja2.StrictUndefined)
        self.finish(environment.get_template(name).render(base=self.base, say=say, language=language(), **values))

    @property
    def base(self) -> str:
        """Where the pages are on this server."""
        return f"{self.base_url}aics/marking"

    @property
    def grader(self) -> str:
        """The name that stands below decisions at first: what was asked for, the hub's user, or this machine's."""
        user = self.current_user
        named = user.name if user and not user.name.startswith("Anonymous") else ""
        return os.environ.get(GRADER) or named or getpass.getuser()
