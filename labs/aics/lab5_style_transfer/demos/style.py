"""Style transfer for the classroom: the studio, with the code that lab 5 exported, or the finished one."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from aics.demos.demo import OwnPage
from aics.lab5_style_transfer.studio import studio
from aics.language import noted


class Style(OwnPage):
    """The studio as one of the demos."""

    name = "style"
    title = noted("A photo, painted by a network")
    about = noted("Choose a photo and a painting, and watch one become the other, step by step.")
    ask = noted("The network was trained to name things, never to paint. Where in it could a painter's style be?")

    _shown: Any = None

    def widget(self) -> Any:
        """Return the studio, with the files that lab 5 exported."""
        self._shown = studio(Path.cwd().parent / "lab5_style_transfer" / "stu_upload")
        return self._shown

    def close(self) -> None:
        """Stop a run that is under way."""
        if self._shown is not None:
            self._shown.session.stop()
