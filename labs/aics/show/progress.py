"""A bar that grows while a long loop runs in a notebook."""

from __future__ import annotations

from collections.abc import Callable

from aics.language import noted, tr
from aics.show.live import LiveDisplay

#: What is counted, where nothing else is said.
PICTURES = noted("pictures")


def progress(total: int, unit: str = PICTURES) -> Callable[[int], None]:
    """Show a progress bar that is still empty.

    unit : what is counted, one word that is `noted`

    Returns
    -------
    callable
        ``advance(n)`` moves the bar on by n of the `total`.
    """
    bar = _Bar(total, unit)
    shown = LiveDisplay(bar)

    def advance(n: int) -> None:
        bar.done = min(bar.done + n, total)
        shown.update(bar)

    return advance


class _Bar:
    def __init__(self, total: int, unit: str) -> None:
        self.total, self.unit, self.done = total, unit, 0

    def __repr__(self) -> str:
        return tr("{done} of {total} {unit}", done=self.done, total=self.total, unit=tr(self.unit))

    def _repr_html_(self) -> str:
        return f'<progress value="{self.done}" max="{self.total}" aria-label="{self!r}"></progress> {self!r}'
