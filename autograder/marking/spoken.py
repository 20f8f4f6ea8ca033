"""A request answered in its reader's language: what the server was told, else what the browser asks for."""

from __future__ import annotations

from contextlib import ExitStack

from jupyter_server.base.handlers import JupyterHandler

from aics.language import speaking
from aics.language.asked import language_for


class SpokenHandler(JupyterHandler):
    """A handler that speaks the language of its request, from its beginning to its end."""

    async def prepare(self) -> None:  # type: ignore[override]
        """Begin to speak; a request has a context of its own, so that no other one hears it."""
        self._speaking = ExitStack()
        self._speaking.enter_context(speaking(language_for(self.request.headers.get("Accept-Language", ""))))
        await super().prepare()

    def on_finish(self) -> None:
        """End it."""
        super().on_finish()
        self._speaking.close()
