"""What can go wrong with data; each message says what to do next.

DataError
├── UnknownName     no picture or item of that name
├── NotFetched      a fetched item that is not on this computer yet
├── WrongData       a file that is not what it should be: cut, changed, or something else
├── Unsafe          a pickle that asks for more than plain arrays
├── NoSource        no address and no package gave the item
└── BadPicture      a file that is no picture
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable

from aics.language import noted, tr

#: What can be asked for by name.
KINDS = (noted("photo"), noted("style"), noted("split"), noted("weight file"), noted("fetched item"), noted("item"))


class DataError(Exception):
    """A picture, data set or weight file that cannot be had; the message says why and what to do."""


class UnknownName(DataError):
    """No picture or item of that name."""

    @classmethod
    def among(cls, kind: str, name: object, known: Iterable[str]) -> UnknownName:
        """Build the error that suggests the most similar known name, and lists all of them.

        kind : what is asked for, one word that is `noted`
        """
        known = list(known)
        said = {"kind": tr(kind), "name": name, "known": ", ".join(known)}
        near = difflib.get_close_matches(str(name), known, n=1)
        if near:
            return cls(
                tr("There is no {kind} {name!r}. Did you mean {near!r}? There are: {known}.", near=near[0], **said)
            )
        return cls(tr("There is no {kind} {name!r}. There are: {known}.", **said))


class NotFetched(DataError):
    """An item that `aics fetch` brings, and that is not on this computer yet."""

    @classmethod
    def item(cls, name: str, description: str) -> NotFetched:
        """Build the error that says what is missing, and the command that fetches it."""
        said = {"item": tr(description), "name": name}
        return cls(tr("Not on this computer yet: {item}. In a terminal, once: aics fetch {name}", **said))


class WrongData(DataError):
    """A file that is not what it should be."""


class Unsafe(DataError):
    """A pickle that asks for more than plain arrays and containers."""


class NoSource(DataError):
    """Neither an address nor a package gave the item."""


class BadPicture(DataError):
    """A file that is no picture, or has too many pixels to be opened safely."""
