"""Demos for the classroom: pages whose picture answers a slider, the mouse and the keyboard at once.

This room is the stage: controls, the page, photos and the webcam, the projector's letters, the server. What is shown
on it belongs to the labs: each has its own in ``aics/<lab>/demos/``.

    open_demos()                 # the start page
    open_demos("convolution")    # one of them
"""

from __future__ import annotations

import html
import os
from urllib.parse import parse_qs

#: In the address of the page that Voila serves: ``?demo=convolution``.
ASKED = "demo"
#: Environment variable: the demo that ``aics demos NAME`` opens.
CHOSEN = "AICS_DEMO"


def open_demos(name: str = "") -> None:
    """Show the start page below the cell, or one demo; one sentence where that cannot be.

    name : of a demo; without it, the one that the page's address names
    """
    from IPython.display import HTML, display

    from aics.check.folder import not_installed
    from aics.demos.server import EXTRA
    from aics.demos.trouble import error_sentence
    from aics.demos.visitor import speak_as_asked

    speak_as_asked()
    try:
        shown: object = _start(name or _asked())
    except ModuleNotFoundError as missing:
        shown = _sentence(HTML, not_installed(str(missing.name), EXTRA))
    except Exception as error:
        shown = _sentence(HTML, error_sentence(error))
    display(shown)


def _start(name: str) -> object:
    from aics.demos.found import demo_called, found
    from aics.demos.start import Start

    if name:
        demo_called(name)
    return Start(found(), name)


def _asked() -> str:
    """What the address of Voila's page asks for, else the command."""
    query = parse_qs(os.environ.get("QUERY_STRING", ""))
    return (query.get(ASKED) or [os.environ.get(CHOSEN, "")])[0]


def _sentence(kind: type, text: str) -> object:
    return kind(f'<p role="alert">{html.escape(text)}</p>')
