"""Which language is spoken: of the whole process, or of what is done inside a ``with``."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import lru_cache
from pathlib import Path

#: Environment variable with the language that commands and live pages speak, such as ``zh``.
VARIABLE = "AICS_LANG"
#: In a zip for students, the language of its edition; the checkout has none.
EDITION = Path(__file__).with_name("edition.txt")
#: The language of all sources.
ENGLISH = "en"

_inside: ContextVar[str] = ContextVar("aics_language", default="")


class _Process:
    """What this process was told to speak; empty where nobody told it."""

    language = ""


def language() -> str:
    """Return the language spoken here, such as ``zh``.

    Of these the first that is there: that of the nearest ``with speaking(...)``; the environment's ``AICS_LANG``; what
    `speak` told the process; the edition's, in a zip for students; English.
    """
    return _inside.get() or short(os.environ.get(VARIABLE, "")) or _Process.language or _edition()


def speak(name: str) -> None:
    """Let this process speak a language from now on, where the environment asks for none."""
    _Process.language = short(name)


@contextmanager
def speaking(name: str) -> Iterator[None]:
    """Speak a language inside the ``with``, whatever else is asked for; an empty name changes nothing."""
    token = _inside.set(short(name) or _inside.get())
    try:
        yield
    finally:
        _inside.reset(token)


@lru_cache
def _edition() -> str:
    return short(EDITION.read_text("utf-8")) if EDITION.exists() else ENGLISH


def short(name: str) -> str:
    """Return a language's name without its region: ``zh`` for ``zh_CN.UTF-8``, ``zh-Hans`` and ``ZH``."""
    return name.replace("-", "_").replace(".", "_").partition("_")[0].strip().lower()
