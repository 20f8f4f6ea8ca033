"""What people read, in the language of whoever reads it.

English is the source. A sentence is written in English where it is said, as ``tr("{n} cases are right", n=3)``; what it
is in another language stands in a gettext catalogue, found by the English one. Where a catalogue lacks it, English is
said.
"""

from aics.language.catalogue import languages
from aics.language.everywhere import in_every_language, is_made_of, values_in
from aics.language.joined import listed, sentences
from aics.language.of_notebook import language_of
from aics.language.spoken import language, speak, speaking
from aics.language.words import noted, plural, tr, words

__all__ = [
    "in_every_language",
    "is_made_of",
    "language",
    "language_of",
    "languages",
    "listed",
    "noted",
    "plural",
    "sentences",
    "speak",
    "speaking",
    "tr",
    "values_in",
    "words",
]
