"""Lab 2's demos: the convolution under the mouse, and img2col beside loops."""

from __future__ import annotations

from collections.abc import Mapping

#: Name in the page's address -> where the demo is, in the start page's order.
DEMOS: Mapping[str, str] = {
    "convolution": "aics.lab2_layers.demos.convolution:Convolution",
    "img2col": "aics.lab2_layers.demos.img2col:Img2col",
}
