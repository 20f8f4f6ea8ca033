"""A message in every language: what one notebook has in English, another one has in Chinese."""

from __future__ import annotations

import re
from functools import lru_cache

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


def values_in(message: str, said: str) -> list[str] | None:
    """Return what stands in a message's ``{places}`` where `said` was made of it, in any language; None where not."""
    found = next((match for pattern in _patterns(message) if (match := pattern.fullmatch(said))), None)
    return list(found.groups()) if found else None


def is_made_of(message: str, said: str) -> bool:
    """Return whether `said` was made of a message in any language; its end may have been cut off."""
    begins = (pattern.pattern.rpartition("(.*?)")[0] or pattern.pattern for pattern in _patterns(message))
    return values_in(message, said) is not None or any(re.match(begin, said, re.DOTALL) for begin in begins if begin)


@lru_cache
def _patterns(message: str) -> list[re.Pattern[str]]:
    parts = (map(re.escape, re.split(r"\{[^{}]*\}", text)) for text in in_every_language(message))
    return [re.compile("(.*?)".join(each), re.DOTALL) for each in parts]
