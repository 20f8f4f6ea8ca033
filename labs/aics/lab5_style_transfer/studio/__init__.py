"""The studio: a page that runs lab 5's code. Choose two pictures, watch the transfer, stop it, go on, save it.

    open_studio(globals())                                  # in lab 5's notebook, with what is defined there
    open_studio("../lab5_style_transfer/stu_upload")        # as a page, with what the notebook exported

It computes nothing itself: network, losses and steps are the course's code. `Session` is the studio
without its page.
"""

from __future__ import annotations

import html
import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from aics.language import noted, tr

#: Environment variables: another folder of exported files than the page names, and of saved runs than `saved/`.
CODE, SAVED = "AICS_STUDIO", "AICS_SAVED"

_TITLE = noted("The studio")
_ABOUT = noted(
    "A photo, a painting, and a network that was never taught to paint. All that computes here is the code of lab 5, "
    "as the last cell of its notebook writes it."
)


def show_heading() -> None:
    """Show what the page is, in the language of whoever opened it."""
    from IPython.display import HTML, display

    from aics.demos.visitor import speak_as_asked

    speak_as_asked()
    display(HTML(f"<h1>{html.escape(tr(_TITLE))}</h1><p>{html.escape(tr(_ABOUT))}</p>"))


def open_studio(code: Mapping[str, object] | str | Path) -> None:
    """Show the studio below the cell, or one sentence that says what is missing.

    Runs are saved in the folder ``saved/`` beside the notebook, or in the one that AICS_SAVED names.

    Parameters
    ----------
    code : mapping, str or Path
        A notebook's ``globals()``, or the folder of exported files; AICS_STUDIO names another folder.
    """
    from IPython.display import HTML, display

    from aics.data import DataError
    from aics.demos.trouble import DemoError
    from aics.demos.visitor import speak_as_asked

    speak_as_asked()
    try:
        shown: object = studio(code)
    except (DemoError, DataError) as error:
        shown = HTML(f'<p role="alert">{html.escape(str(error))}</p>')
    display(shown)


def studio(code: Mapping[str, object] | str | Path) -> Any:
    """Return the studio's widget; parameters as of `open_studio`. Raises DemoError with what is missing."""
    from aics.check.folder import not_installed
    from aics.data.pictures import embedded
    from aics.demos.server import EXTRA
    from aics.demos.trouble import NoPage
    from aics.lab5_style_transfer.studio.code import TransferCode
    from aics.lab5_style_transfer.studio.session import Session

    try:
        from aics.lab5_style_transfer.studio.page import Studio
    except ModuleNotFoundError as missing:
        raise NoPage(not_installed(str(missing.name), EXTRA)) from None
    if isinstance(code, Mapping):
        session = Session(lambda: TransferCode.among(code), embedded())
    else:
        exported = TransferCode.exported(Path(os.environ.get(CODE) or code).resolve())
        session = Session(lambda: exported, embedded())
    return Studio(session, Path(os.environ.get(SAVED) or "saved"))
