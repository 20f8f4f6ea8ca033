"""The studio as a page of its own, served by Voila: ``aics studio``."""

from __future__ import annotations

import os
from pathlib import Path

from aics.check.folder import not_installed
from aics.lab5_style_transfer.studio import CODE, SAVED
from aics.lab5_style_transfer.studio.errors import NoCode, NoPage

PAGE = Path(__file__).resolve().parents[3] / "studio" / "studio.ipynb"
#: Bytes of the largest message, which a picture of one's own must fit in; the server's own limit is 10 MB.
LARGEST = 200_000_000


def serve_page(folder: Path | None = None, port: int | None = None, *, browser: bool = True) -> None:
    """Open the page and serve it until Ctrl-C, on this computer only, with a token that keeps its other users out.

    Runs are saved in ``saved/`` in the working folder.

    folder : exported files of lab 5; None for those beside lab 5's notebook
    """
    if not PAGE.is_file():
        raise NoCode(f"The page {PAGE} is not here; it comes with lab 5.")
    try:
        from voila.app import Voila
    except ModuleNotFoundError as missing:
        raise NoPage(not_installed(str(missing.name), "lab5")) from None

    os.environ[SAVED] = os.environ.get(SAVED) or str(Path("saved").resolve())
    if folder:
        os.environ[CODE] = str(folder.resolve())
    options = ["--token", "--theme=light"]
    options += [f"--port={port}"] if port is not None else []
    options += [] if browser else ["--no-browser"]
    Voila.launch_instance([*options, str(PAGE)], tornado_settings={"websocket_max_message_size": LARGEST})
