"""A notebook as a page that Voila serves: on this computer only, with a token that keeps its other users out."""

from __future__ import annotations

from pathlib import Path

from aics.check.folder import not_installed
from aics.demos.trouble import NoPage
from aics.demos.visitor import HEADER, voila_app
from aics.language import tr

#: Bytes of the largest message, which a picture of one's own must fit in; the server's own limit is 10 MB.
LARGEST = 200_000_000
#: The browser is told to ask no other host for anything, whatever a template or a widget would like to.
ONLY_HERE = (
    "default-src 'self' 'unsafe-inline' 'unsafe-eval' data: blob:; frame-ancestors 'self'; "
    "connect-src 'self' data: blob: ws://localhost:* ws://127.0.0.1:*"  # not every browser counts sockets as 'self'
)
#: What labs/pyproject.toml calls the packages of a page.
EXTRA = "demos"


def serve(page: Path, comes_with: str, port: int | None = None, *, browser: bool = True) -> None:
    """Open a notebook as a page and serve it until Ctrl-C. Raises NoPage where Voila or the page is missing.

    comes_with : what brings the page, in words that are `noted`, such as "lab 5"; port : a free one if None
    """
    if not page.is_file():
        raise NoPage(tr("The page {page} is not here; it comes with {zip}.", page=page, zip=tr(comes_with)))
    try:
        pages = voila_app()
    except ModuleNotFoundError as missing:
        raise NoPage(not_installed(str(missing.name), EXTRA)) from None
    options = ["--token", "--theme=light", f"--VoilaConfiguration.http_header_envs={[HEADER]}"]
    options += [f"--port={port}"] if port is not None else []
    options += [] if browser else ["--no-browser"]
    headers = {"Content-Security-Policy": ONLY_HERE}
    settings = {"websocket_max_message_size": LARGEST, "headers": headers}
    pages.launch_instance([*options, str(page)], tornado_settings=settings)
