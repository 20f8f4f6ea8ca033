"""nbgrader's handlers of formgrader's addresses, which ask `CountedApi` and show what it counts."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from jinja2 import ChoiceLoader, Environment, FileSystemLoader, PrefixLoader
from jupyter_server.utils import url_path_join
from nbgrader.server_extensions.formgrader import apihandlers, handlers
from nbgrader.server_extensions.formgrader.base import BaseHandler

from autograder.gradebook.formgrader.counted import CountedApi

STOCK = FileSystemLoader(handlers.template_path)
#: nbgrader's templates as nbgrader reads them; what lies in templates/ goes before, and may name nbgrader's own.
PAGES = Environment(
    loader=ChoiceLoader(
        [FileSystemLoader(Path(__file__).parent / "templates"), STOCK, PrefixLoader({"nbgrader": STOCK})]
    )
)


class Counted(BaseHandler):
    """What goes before a handler of nbgrader's."""

    @property
    def api(self) -> CountedApi:
        """What the handler asks; as in nbgrader, the configuration is read anew for each question."""
        app, level = self.coursedir.parent, self.log.level
        app.load_config_file()
        api = CountedApi(self.coursedir, self.authenticator, parent=app)
        api.log_level = level
        return api

    def render(self, name: str, **values: Any) -> str:
        """Make a page."""
        return PAGES.get_template(name).render(**values)


def routes(base_url: str) -> Iterator[tuple[Any, ...]]:
    """Return formgrader's addresses on a server; those that serve files are nbgrader's, in the place that they have."""
    for address, handler, *more in (*handlers.default_handlers, *apihandlers.default_handlers):
        ours = issubclass(handler, BaseHandler)
        counted = type(handler.__name__, (Counted, handler), {}) if ours else handler
        yield url_path_join(base_url, address), counted, *more
