"""A bar that grows while a long loop runs in a notebook."""

from __future__ import annotations

from collections.abc import Callable


def progress(total: int, what: str = "pictures") -> Callable[[int], None]:
    """Show an empty bar and return ``advance(n)``, which says that n more are done."""
    from IPython.display import display

    bar = _Bar(total, what)
    handle = display(bar, display_id=True)

    def advance(n: int) -> None:
        bar.done = min(bar.done + n, total)
        if handle:  # None outside a notebook
            handle.update(bar)

    return advance


class _Bar:
    def __init__(self, total: int, what: str) -> None:
        self.total, self.what, self.done = total, what, 0

    def __repr__(self) -> str:
        return f"{self.done} of {self.total} {self.what}"

    def _repr_html_(self) -> str:
        return f'<progress value="{self.done}" max="{self.total}" aria-label="{self!r}"></progress> {self!r}'
