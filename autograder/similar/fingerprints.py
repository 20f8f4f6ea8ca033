"""The code of one question over a class: which answers share what neither the notebook nor the solution has.

Copydetect (https://github.com/blingenf/copydetect, MIT) reads the code and makes its fingerprints: names become one
letter, blanks and comments go, and every `LENGTH` characters of what is left are one fingerprint, as in winnowing
(Schleimer, Wilkerson and Aiken, SIGMOD 2003). All fingerprints are kept: which of them winnowing would choose depends
on Python's hashes, and they are other ones in each process.
"""

from __future__ import annotations

import io
from collections.abc import Collection, Iterable, Mapping, Sequence
from functools import cached_property

import copydetect
import numpy as np
from copydetect.utils import highlight_overlap
from markupsafe import Markup
from scipy import sparse

#: Characters of code without names that are one fingerprint. From 8 to 25, planted copies rank alike
#: (benchmarks/similar.py --length); shorter ones mark scraps, longer ones lose lines that were moved.
LENGTH = 15
#: Around code that both have.
MARKS = ("<mark>", "</mark>")


class Fingerprints:
    """The answers of a class to one question.

    Attributes
    ----------
    students : sequence of str
        Those who answered, by id.
    shared : (S, S) float64 array
        Bits of code that two answers share: each fingerprint counts -log2 of the fraction of the answers that have it,
        divided by `LENGTH`, since so many of them cover a character. The diagonal is what each has of its own.
    likeness : (S, S) float64 array
        `shared` as a fraction of the geometric mean of what both have: 1 where two have the same; 0 where one has none.
    part : (S, S) float64 array
        Fingerprints that two answers share, as a fraction of those of the shorter one; 0 where it has none.
    """

    def __init__(self, sources: Mapping[str, str], given: Iterable[str] = ()) -> None:
        """Compare `sources`, student -> code, without what is in any of `given`."""
        self.students: Sequence[str] = sorted(sources)
        known = {each for text in given for each in _read(text).hashes}
        self._read = [_read(sources[student], known) for student in self.students]
        has, rarity = self._table()
        self.shared = np.asarray((has.multiply(rarity) @ has.T).todense(), dtype=np.float64)
        own = self.shared.diagonal()
        self.likeness = _fraction(self.shared, np.sqrt(np.outer(own, own)))
        both = np.asarray((has @ has.T).todense(), dtype=np.float64)
        self.part = _fraction(both, np.minimum.outer(both.diagonal(), both.diagonal()))

    @cached_property
    def places(self) -> Mapping[str, int]:
        """Student -> row and column."""
        return {student: place for place, student in enumerate(self.students)}

    def alike_but_for_names(self) -> np.ndarray:
        """(S, S) bool: which answers are the same once names, blanks and comments are gone."""
        _, kind = np.unique([each.filtered_code for each in self._read], return_inverse=True)
        return np.asarray(np.equal.outer(kind, kind))

    def marked(self, one: str, other: str) -> tuple[Markup, Markup]:
        """Return both answers as HTML, escaped, with what they share marked."""
        pair = [self._read[self.places[student]] for student in (one, other)]
        overlap, _, slices = copydetect.compare_files(*pair)
        if not overlap:
            return Markup.escape(pair[0].raw_code), Markup.escape(pair[1].raw_code)
        shown = [
            highlight_overlap(read.raw_code, where, *MARKS, escape_html=True)[0]
            for read, where in zip(pair, slices, strict=True)
        ]
        return Markup(shown[0]), Markup(shown[1])

    def _table(self) -> tuple[sparse.csr_array, np.ndarray]:
        """Which answer has which fingerprint, (S, F), and the bits of each, (F,)."""
        numbers = {each: n for n, each in enumerate(sorted(set().union(*(read.hashes for read in self._read))))}
        rows = [row for row, read in enumerate(self._read) for _ in read.hashes]
        columns = [numbers[each] for read in self._read for each in read.hashes]
        has = sparse.csr_array((np.ones(len(rows)), (rows, columns)), shape=(len(self._read), len(numbers)))
        count = np.asarray(has.sum(axis=0)).ravel()
        return has, -np.log2(count / max(1, len(self._read))) / LENGTH


def _fraction(part: np.ndarray, whole: np.ndarray) -> np.ndarray:
    return np.asarray(np.divide(part, whole, out=np.zeros_like(part), where=whole > 1e-9))


def _read(source: str, known: Collection[int] = ()) -> copydetect.CodeFingerprint:
    """Return the fingerprints of a piece of Python, also of one that does not parse, without the known ones.

    Known ones are taken out here: where copydetect does it, code that stands twice in an answer loses a place too.
    """
    text = io.StringIO(source.replace("\r\n", "\n").replace("\r", "\n").strip("\n"))  # as the lexer reads it
    read = copydetect.CodeFingerprint("answer", LENGTH, 1, language="python", fp=text)
    read.hash_idx = {each: places for each, places in read.hash_idx.items() if each not in known}
    read.hashes = set(read.hash_idx)
    return read
