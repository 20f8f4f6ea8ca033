"""Pictures inside HTML: the bytes of an image file as a tag that needs no other file."""

from __future__ import annotations

import base64
import html


def image_tag(data: bytes, *, alt: str, kind: str = "png", **attributes: str | int) -> str:
    """Return an ``<img>`` tag that holds the image itself.

    Parameters
    ----------
    data : bytes
        The content of an image file.
    alt : str
        What the image shows, in words.
    kind : str
        The image's format: ``png`` or ``jpeg``.
    **attributes : str or int
        Further attributes of the tag, such as ``width=300``.

    >>> image_tag(b"...", alt="a cat", width=300)
    '<img alt="a cat" width="300" src="data:image/png;base64,Li4u">'
    """
    source = f"data:image/{kind};base64,{base64.b64encode(data).decode('ascii')}"
    named = {"alt": alt, **attributes, "src": source}
    return "<img " + " ".join(f'{name}="{html.escape(str(value))}"' for name, value in named.items()) + ">"
