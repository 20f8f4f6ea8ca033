"""The language of a live page: what its server was told (AICS_LANG), else what its browser asks for, else the zip's.

The server reads the browser's header to say it in ``<html lang>``; the page's kernel, one for each page that is opened,
is handed the same header in its environment. So two browsers with two languages each get theirs from one server.
"""

from __future__ import annotations

import os
from typing import Any

from aics.language import speak
from aics.language.asked import language_for, preferred

#: The header, and the environment variable in which Voila hands it to a page's kernel.
HEADER, HANDED = "Accept-Language", "HTTP_ACCEPT_LANGUAGE"


def speak_as_asked() -> None:
    """Speak the language of the browser that this kernel's page is for; nothing changes in a notebook."""
    if HANDED in os.environ:
        speak(preferred(os.environ[HANDED]))


def voila_app() -> Any:
    """Return Voila's application, whose pages say in which language they are. ModuleNotFoundError without Voila."""
    from traitlets.config import Config
    from voila.app import Voila
    from voila.tornado.handler import TornadoVoilaHandler

    class Page(TornadoVoilaHandler):
        """One request of a page."""

        def initialize(self, **settings: Any) -> None:
            config = Config(settings["config"])
            config.HTMLExporter.language_code = language_for(self.request.headers.get(HEADER, ""))
            super().initialize(**settings | {"config": config})

    class Pages(Voila):
        """The server of these pages."""

        name = "voila"

        def init_handlers(self) -> list[Any]:
            handlers = super().init_handlers()
            return [(path, Page if kind is TornadoVoilaHandler else kind, *rest) for path, kind, *rest in handlers]

    return Pages
