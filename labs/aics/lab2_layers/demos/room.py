"""What fits on a stage: titles, and pictures below one another."""

from __future__ import annotations

from aics.demos.demo import View

#: Letters of height from which a stage has room for titles, and for two pictures below one another.
_TITLED, _TALL = 14, 17


def stacked(view: View) -> bool:
    """Return whether things stand below one another: on a phone."""
    return view.height > view.width


def title_height(view: View) -> float:
    """Return how many pixels a line of title takes; 0 on a stage that is too low for titles."""
    return 1.6 * view.label if view.height > _TITLED * view.label else 0.0


def tall(view: View) -> bool:
    """Return whether there is room for two pictures below one another."""
    return view.height > _TALL * view.label
