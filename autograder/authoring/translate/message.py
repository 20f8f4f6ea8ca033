"""One message for translators."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

#: English message -> what stands in its place; the English itself where nothing better is known.
Translator = Callable[[str], str]


@dataclass(frozen=True)
class Message:
    """An English text that people read, and where it stands, such as ``notebook.py:resize_code``.

    `many` is what it says of several, where the number decides which of two is said. `hint` tells translators what to
    mind.
    """

    text: str
    where: str
    many: str = ""
    hint: str = ""
