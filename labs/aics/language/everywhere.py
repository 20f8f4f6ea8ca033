"""A message in every language: what one notebook has in English, another one has in Chinese."""

from __future__ import annotations

from aics.language.catalogue import languages
from aics.language.spoken import speaking
from aics.language.words import tr


def in_every_language(message: str) -> list[str]:
    """Return the message as each language that the engine has says it, English first, each form once."""
    found = []
    for name in languages():
        with speaking(name):
            found.append(tr(message))
    return list(dict.fromkeys(found))
