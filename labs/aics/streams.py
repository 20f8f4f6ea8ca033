"""What the commands write to: a terminal, a pipe or a file, which may not know every letter."""

from __future__ import annotations

import sys
from contextlib import suppress


def write_any_letter() -> None:
    """Let what stdout cannot encode be written as ``\\uXXXX``: a name in Chinese ends no command.

    On Windows a terminal's code page, and what a pipe or file gets, may lack most letters. Stderr does so anyway.
    """
    with suppress(AttributeError):  # there is none, or it is another program's
        sys.stdout.reconfigure(errors="backslashreplace")  # type: ignore[union-attr]
