"""The class of every figure. Matplotlib is imported here, so import this module only where a figure is drawn."""

from __future__ import annotations

from matplotlib import rc_context
from matplotlib.backend_bases import RendererBase
from matplotlib.figure import Figure

from aics.show.fonts import letters
from aics.show.inks import settle_inks
from aics.show.inline_svg import inline_svg


class Picture(Figure):
    """A Matplotlib figure that shows itself in a notebook, with a text for those who cannot see it.

    It reaches the notebook as inline SVG, whose ink and paper are the page's own: dark on white, or light on dark.

    Attributes
    ----------
    alt : str
        What the picture says, in words.
    """

    alt = ""

    def svg(self) -> str:
        """Draw the figure and return it as an ``<svg>`` tag, with 80 CSS pixels to an inch."""
        with letters(self):
            return self._drawn()

    def draw(self, renderer: RendererBase) -> None:
        """Draw the figure, whoever asks for it: what saves it as a file too."""
        with letters(self):
            super().draw(renderer)

    def _drawn(self) -> str:
        layout = self.get_layout_engine()
        if layout is not None:
            layout.execute(self)
            with rc_context({"figure.autolayout": False, "figure.constrained_layout.use": False}):
                self.set_layout_engine(None)  # where one is left, even "none", savefig draws the figure twice
        settle_inks(self)
        return inline_svg(self, alt=self.alt)

    def _repr_mimebundle_(self, **_: object) -> dict[str, str]:
        """Return what a notebook shows; IPython's include and exclude do not matter."""
        return {"text/html": self.svg(), "text/plain": self.alt}
