"""A figure as SVG inside a page: small, with names of its own, and with the page's ink and paper."""

from __future__ import annotations

import base64
import hashlib
import html
import io
import re
from typing import TYPE_CHECKING
from warnings import catch_warnings, simplefilter

import numpy as np
from matplotlib import rc_context
from matplotlib.collections import Collection
from matplotlib.transforms import Bbox

from aics.card.theme import THEMED
from aics.card.words import say
from aics.show.inks import WORD_INKS

if TYPE_CHECKING:
    from matplotlib.figure import Figure
    from matplotlib.transforms import BboxBase

#: Corners and points from which on a collection, such as a cloud of points, is drawn as pixels: it is smaller then.
_MANY = 500
#: Pixels to an inch of what is pixels inside.
_DPI = 144
#: CSS pixels to an inch.
_PIXELS = 80
#: Inches that are left beside what sticks out.
_PAD = 0.02
_IMAGE = re.compile(r"data:image/png;base64,([A-Za-z0-9+/=\s]+)")
_CURVE = re.compile(r'(?<= d=")[^"]*')
_DECIMALS = re.compile(r"(\.\d\d)\d+")
_UNUSED = re.compile(r"<!--.*?-->|<metadata>.*?</metadata>|<title>.*?</title>", re.DOTALL)


def inline_svg(figure: Figure, *, alt: str) -> str:
    """Return a figure as an ``<svg>`` tag that scales with a narrow page.

    alt : what it shows, in words
    """
    with catch_warnings():
        simplefilter("ignore", UserWarning)  # up to Matplotlib 3.10 contours can only be drawn as curves
        for collection in figure.findobj(Collection):
            if _corners(collection) > _MANY:
                collection.set_rasterized(True)
    buffer, whole = io.StringIO(), _whole(figure)
    with rc_context({"svg.hashsalt": "aics"}):
        figure.savefig(buffer, format="svg", dpi=_DPI, metadata={"Date": None}, bbox_inches=whole)
    drawn = buffer.getvalue()
    body = _IMAGE.sub(
        lambda found: _lighter(base64.b64decode(found[1])), drawn[drawn.index("<svg") :].partition(">")[2]
    )
    across, high = 72 * whole.width, 72 * whole.height
    body = _page_colours(_own_names(_CURVE.sub(lambda d: _DECIMALS.sub(r"\1", d[0]), _UNUSED.sub("", body))))
    body = re.sub(r"\s*\n\s*", " ", body).strip()
    label = f'role="img" aria-label="{html.escape(alt)}"'
    size = (
        f'width="{round(_PIXELS * whole.width)}" viewBox="0 0 {across:g} {high:g}" style="max-width:100%;height:auto"'
    )
    words = html.escape(say("not_shown", alt=alt))  # what is left where a page takes the tags away
    return f"<svg {label} {size}><metadata>{words}</metadata>{body}"


def _whole(figure: Figure) -> BboxBase:
    """The figure with what sticks out of it, such as a long label, in inches."""
    size, drawn = Bbox.from_extents(0, 0, *figure.get_size_inches()), figure.get_tightbbox()
    return Bbox.union([size, drawn.padded(_PAD)]) if drawn else size


def _lighter(png: bytes) -> str:
    """An image as a data URL: a photo as JPEG where that is far smaller, what has few colours or holes as it is."""
    from PIL import Image

    buffer = io.BytesIO()
    with Image.open(io.BytesIO(png)) as image:
        opaque = image.mode != "RGBA" or image.getchannel("A").getextrema()[0] == 255
        image.convert("RGB").save(buffer, "JPEG", quality=92, subsampling=0)
    jpeg = buffer.getvalue()
    kind, data = ("jpeg", jpeg) if opaque and len(jpeg) < 0.5 * len(png) else ("png", png)
    return f"data:image/{kind};base64,{base64.b64encode(data).decode('ascii')}"


def _corners(collection: Collection) -> int:
    """How many corners and points a collection draws."""
    corners = sum(len(np.asarray(path.vertices)) for path in collection.get_paths())
    return max(corners, len(np.asarray(collection.get_offsets())))


def _own_names(body: str) -> str:
    """Short names that no other figure on the page has, for what is used inside; none for the rest."""
    used = set(re.findall(r'(?:href="#|url\(#)([^")]+)', body))
    mark = "a" + hashlib.sha256(body.encode()).hexdigest()[:6]
    short = {name: f"{mark}{place}" for place, name in enumerate(sorted(used))}
    body = re.sub(r'(href="#|url\(#)([^")]+)', lambda found: found[1] + short[found[2]], body)
    return re.sub(r' id="([^"]+)"', lambda found: f' id="{short[found[1]]}"' if found[1] in short else "", body)


def _page_colours(body: str) -> str:
    """The drawing's ink and paper, as the page's."""
    for colour, themed in (THEMED | WORD_INKS).items():
        body = body.replace(f": {colour}", f": {themed}")
    return body
