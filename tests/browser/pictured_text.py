"""The text of pictures as a browser has drawn it: where it stands, how large it is, and on what it stands."""

from __future__ import annotations

import io
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from PIL import Image

from aics.show.inks import contrast, luminance

if TYPE_CHECKING:
    from playwright.sync_api import Locator

#: Each text of an SVG, upright or turned by a right angle, in pixels from its corner: Matplotlib draws a group of
#: letters at a scale, of which 1 is a hundredth of the size; aics draws a text.
TEXTS = """svg => {
  const view = svg.getBoundingClientRect(), zoom = view.width / (svg.viewBox.baseVal.width || view.width);
  const letters = [...svg.querySelectorAll('g[transform*="scale("]')].filter(group => group.querySelector('use'));
  return [...letters, ...svg.querySelectorAll('text')].map(text => {
    const drawn = text.transform.baseVal.consolidate()?.matrix, scale = drawn ? Math.hypot(drawn.a, drawn.b) : 0;
    const parts = text.tagName === 'text' ? [text] : [...text.querySelectorAll('use')];
    const boxes = parts.map(part => part.getBoundingClientRect()).filter(box => box.width && box.height);
    return {
      left: Math.min(...boxes.map(box => box.left)) - view.left, top: Math.min(...boxes.map(box => box.top)) - view.top,
      right: Math.max(...boxes.map(box => box.right)) - view.left,
      bottom: Math.max(...boxes.map(box => box.bottom)) - view.top,
      size: zoom * (scale ? 100 * scale : parseFloat(text.getAttribute('font-size'))),
      turned: Boolean(drawn) && Math.min(Math.abs(drawn.a), Math.abs(drawn.b)) > 1e-3 * scale,
      fill: getComputedStyle(text).fill, opacity: Number(getComputedStyle(text).opacity), any: boxes.length > 0,
    };
  }).filter(text => text.any);
}"""
SHOWN = """(svg, shown) => svg.querySelectorAll('g[transform*="scale("], text').forEach(text => {
  text.style.visibility = shown ? '' : 'hidden';
})"""
#: A colour of a browser, such as rgba(0, 0, 0, 0.5) or color(srgb 0.2 0.3 0.4), as four numbers from 0 to 1.
PARSED = """(page, colours) => {
  const pen = Object.assign(document.createElement('canvas'), {width: 1, height: 1}).getContext('2d');
  return colours.map(colour => {
    pen.clearRect(0, 0, 1, 1);
    pen.fillStyle = colour;
    pen.fillRect(0, 0, 1, 1);
    return [...pen.getImageData(0, 0, 1, 1).data].map(value => value / 255);
  });
}"""


@dataclass(frozen=True, kw_only=True)
class DrawnText:
    """One text of a picture, in CSS pixels from the picture's top left; `turned` is one that stands aslant."""

    left: float
    top: float
    right: float
    bottom: float
    size: float
    turned: bool
    contrast: float

    def outside(self, width: float, height: float) -> bool:
        """Whether a picture of this size cuts it off."""
        return self.left < -1 or self.top < -1 or self.right > width + 1 or self.bottom > height + 1

    def over(self, other: DrawnText) -> bool:
        """Whether two texts overlap by more than the edges of their letters."""
        if self.turned or other.turned:
            return False
        across = min(self.right, other.right) - max(self.left, other.left)
        down = min(self.bottom, other.bottom) - max(self.top, other.top)
        return across > 1 and down > 1


def texts(svg: Locator) -> list[DrawnText]:
    """All texts of a picture."""
    found = svg.evaluate(TEXTS)
    colours = svg.evaluate(PARSED, [text.pop("fill") for text in found])
    ground = _without_texts(svg)
    drawn = []
    for text, colour in zip(found, colours, strict=True):
        opacity = text.pop("opacity") * colour[3]
        del text["any"]
        rows, columns = (
            slice(max(int(text[a]), 0), int(text[b]) + 1) for a, b in (("top", "bottom"), ("left", "right"))
        )
        below = np.median(ground[rows, columns].reshape(-1, 3), axis=0)
        ink = opacity * np.array(colour[:3]) + (1 - opacity) * below
        drawn.append(DrawnText(**text, contrast=contrast(float(luminance(ink)), float(luminance(below)))))
    return drawn


def _without_texts(svg: Locator) -> np.ndarray:
    """A screenshot of the picture without its texts: (H, W, 3), from 0 to 1."""
    svg.evaluate(SHOWN, False)
    shot = svg.screenshot()
    svg.evaluate(SHOWN, True)
    return np.asarray(Image.open(io.BytesIO(shot)).convert("RGB"), np.float32) / 255
