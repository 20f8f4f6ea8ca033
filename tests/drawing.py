"""What every picture of the labs keeps to."""

from __future__ import annotations

import re
from xml.etree import ElementTree

#: A gray that a page's theme does not change, and that is faint in one; white and black are data, or stand on colours.
FIXED_GRAY = re.compile(r"stroke: #(?!ff|00|[89ab].)([0-9a-f]{2})\1\1\b")


def assert_is_drawn(picture) -> None:
    """It draws without a display, carries alt text, and reaches a notebook in the colours of its page."""
    from matplotlib.figure import Figure

    assert isinstance(picture, Figure)
    assert len(picture.alt) > 20
    bundle = picture._repr_mimebundle_()
    assert bundle["text/plain"] == picture.alt
    svg = bundle["text/html"]
    assert ElementTree.fromstring(svg.replace("xlink:href", "href")).get("aria-label") == picture.alt
    assert "var(--jp-layout-color0" in svg
    assert not FIXED_GRAY.search(svg)
