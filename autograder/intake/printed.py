"""Drop what a notebook's cells printed while its file is read, so that only what is graded must fit into memory."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterable, Iterator
from itertools import chain

from autograder.intake.handin import MAX_FILE, MB, Refused
from autograder.intake.messages import say
from autograder.intake.text import encoding_of

#: Where outputs, or the state of widgets, begin in a notebook's JSON. Within a string the quotes would be escaped.
_BEGIN = re.compile(r'"(?:outputs|widgets)"\s{0,40}:\s{0,40}[\[{]')
#: Longer than `_BEGIN` can be: so much is looked at again with the next piece.
_OVERLAP = 120
_NO_BRACKET = re.compile(r'[^"\[\]{}]*+')
_IN_STRING = re.compile(r'(?:[^"\\]++|\\.)*+', re.DOTALL)


def notebook_bytes(pieces: Iterable[bytes]) -> bytes:
    """Return a notebook's file as it is, or without its outputs, in UTF-8, where it is larger than one may be.

    Raises
    ------
    Refused
        Where it is too large even so.
    """
    pieces = iter(pieces)
    start = bytearray()
    for piece in pieces:
        start += piece
        if len(start) > MAX_FILE:
            return _without_outputs(chain([bytes(start)], pieces), encoding_of(bytes(start[:MB])))
    return bytes(start)


def _without_outputs(pieces: Iterable[bytes], encoding: str) -> bytes:
    decoder = codecs.getincrementaldecoder(encoding)("replace")
    kept, outputs = bytearray(), _Outputs()
    for piece in pieces:
        for text in outputs.dropped(decoder.decode(piece)):
            kept += text.encode("utf-8", "replace")
        if len(kept) + len(outputs.rest) > MAX_FILE:
            raise Refused(say("too_large.printed", most=MAX_FILE // MB))
    return bytes(kept) + outputs.rest.encode("utf-8", "replace")


class _Outputs:
    """A reader of JSON that comes in pieces.

    Attributes
    ----------
    rest : str
        What was not decided on yet: the end of the last piece.
    depth : int
        How many brackets of outputs are open; 0 outside of outputs.
    in_string : bool
        Whether the last piece ended within a string of outputs.
    """

    def __init__(self) -> None:
        self.rest, self.depth, self.in_string = "", 0, False

    def dropped(self, piece: str) -> Iterator[str]:
        """Yield what of the text so far is kept."""
        text, at = self.rest + piece, 0
        while at < len(text):
            if self.depth:
                at, before = self._skip(text, at), at
                if at == before:
                    break
            elif begin := _BEGIN.search(text, at):
                yield text[at : begin.end()] + "]}"["[{".index(begin[0][-1])]
                at, self.depth = begin.end(), 1
            else:
                end = max(at, len(text) - _OVERLAP)
                yield text[at:end]
                at = end
                break
        self.rest = text[at:]

    def _skip(self, text: str, at: int) -> int:
        """Where outputs go on after one string, or up to the next bracket or quote; the same where more is needed."""
        if self.in_string:
            at = self._end(_IN_STRING.match(text, at), at)
            if at < len(text) and text[at] == '"':
                self.in_string = False
                return at + 1
            return at
        at = self._end(_NO_BRACKET.match(text, at), at)
        if at < len(text):
            self.in_string = text[at] == '"'
            self.depth += {"[": 1, "{": 1, "]": -1, "}": -1}.get(text[at], 0)
            return at + 1
        return at

    @staticmethod
    def _end(match: re.Match[str] | None, otherwise: int) -> int:
        return match.end() if match else otherwise
