"""What a fetch prints while it works: lines, and a progress bar where there is a terminal."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import BarColumn, DownloadColumn, Progress, TextColumn, TimeRemainingColumn, TransferSpeedColumn


class Reporter:
    """Prints lines and draws progress bars on a console; without a terminal no bar is drawn."""

    def __init__(self, console: Console) -> None:
        self.console = console

    def say(self, line: str) -> None:
        """Print one line as it is: no markup, no colours for numbers."""
        self.console.print(line, markup=False, highlight=False, soft_wrap=True)

    @contextmanager
    def bar(self, title: str, total: int | None, done: int = 0) -> Iterator[Callable[[int], None]]:
        """Draw a bar for `total` bytes, `done` of which are there.

        Yields a function that moves the bar on by a number of bytes.
        """
        columns = (
            TextColumn("  {task.description}", markup=False),
            BarColumn(),
            DownloadColumn(),
            TransferSpeedColumn(),
            TimeRemainingColumn(),
        )
        with Progress(*columns, console=self.console, transient=True, disable=not self.console.is_terminal) as progress:
            task = progress.add_task(title, total=total, completed=done)
            yield lambda more: progress.advance(task, more)


def megabytes(size: int) -> str:
    """Return a size in words: ``12.3 MB``, or ``456 kB`` for less than one MB."""
    return f"{size / 1e6:.1f} MB" if size >= 1e6 else f"{size / 1e3:.0f} kB"
