"""Which parameters a student gets: a number from the course's key, the student's id and the question."""

from __future__ import annotations

import hashlib
import hmac
import unicodedata

#: As many draws of a question's parameters there are; each student has one of them.
NUMBERS = 64


def token_of(key: bytes, student: str) -> str:
    """Return what stands for a student's id; who does not have the id cannot read it from this."""
    return _digest(key, "student", _plain(student))


def name_of(key: bytes, alias: str) -> str:
    """Return what stands for one of the names by which a student may say who it is: number, login, address."""
    return _digest(key, "name", _plain(alias))


def number_of(key: bytes, token: str, lab: str, question: str) -> int:
    """Return which of the draws, from 0 to `NUMBERS` - 1, a student has of a question's parameters."""
    return int(_digest(key, "number", token, lab, question), 16) % NUMBERS


def _plain(text: str) -> str:
    """One text for all ways to type it: without outer blanks, in small letters."""
    return unicodedata.normalize("NFKC", text).strip().casefold()


def _digest(key: bytes, *parts: str) -> str:
    return hmac.new(key, "\0".join(parts).encode(), hashlib.sha256).hexdigest()[:16]
