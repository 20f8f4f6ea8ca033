"""Something on a page that changes while a cell runs."""

from __future__ import annotations


class LiveDisplay:
    """Show an object below the running cell, and exchange it for newer ones.

    Outside a notebook the first object is printed, and later ones are not shown.
    """

    def __init__(self, shown: object) -> None:
        from IPython.display import display

        self._handle = display(shown, display_id=True)

    def update(self, shown: object) -> None:
        """Show this object in place of the one before."""
        if self._handle is not None:
            self._handle.update(shown)
