"""The studio as a page of its own: ``aics studio``."""

from __future__ import annotations

import os
from pathlib import Path

from aics.demos.server import serve
from aics.lab5_style_transfer.studio import CODE, SAVED
from aics.language import noted

PAGE = Path(__file__).resolve().parents[3] / "studio" / "studio.ipynb"


def serve_page(folder: Path | None = None, port: int | None = None, *, browser: bool = True) -> None:
    """Open the page and serve it until Ctrl-C.

    Runs are saved in ``saved/`` in the working folder.

    folder : exported files of lab 5; None for those beside lab 5's notebook
    """
    os.environ[SAVED] = os.environ.get(SAVED) or str(Path("saved").resolve())
    if folder:
        os.environ[CODE] = str(folder.resolve())
    serve(PAGE, noted("lab 5"), port, browser=browser)
