"""The class of every figure. Matplotlib is imported here, so import this module only where a figure is drawn."""

from __future__ import annotations

import io

from matplotlib.figure import Figure

from aics.show.image_tag import image_tag


class Picture(Figure):
    """A Matplotlib figure that shows itself in a notebook, with a text for those who cannot see it.

    Attributes
    ----------
    alt : str
        What the picture says, in words.
    """

    alt = ""

    def png(self) -> bytes:
        """Draw the figure and return it as the bytes of a PNG file, 144 pixels to an inch."""
        buffer = io.BytesIO()
        self.savefig(buffer, format="png", dpi=144)
        return buffer.getvalue()

    def _repr_mimebundle_(self, **_: object) -> dict[str, str]:
        """Return what a notebook shows, with 80 CSS pixels to an inch; IPython's include and exclude do not matter."""
        image = image_tag(self.png(), alt=self.alt, width=round(self.get_figwidth() * 80))
        return {"text/html": image, "text/plain": self.alt}
