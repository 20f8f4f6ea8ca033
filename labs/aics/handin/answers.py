"""The answers that were judged: what was run last, beside what the notebook's file holds."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from aics.check.imports import Notebook
from aics.handin.notebook_file import answer_name, answers_in

#: Hexadecimal digits of a hash that people compare, and that are kept of a single answer.
SHOWN, KEPT = 12, 16


@dataclass(frozen=True, kw_only=True)
class Judged:
    """The text of each answer as it was judged, by name, and the names of those whose saved text is another one."""

    answers: Mapping[str, str]
    differing: tuple[str, ...] = ()


def judged(cells: Sequence[Mapping[str, Any]], history: Sequence[str]) -> Judged:
    """Return the answers as the kernel ran them, each found by the names that it defines.

    cells : those of the notebook's file
    history : what the kernel has run, the oldest first; empty where nothing is known of it
    """
    saved = answers_in(cells)
    others = {cell["source"].strip() for cell in cells if not answer_name(cell)}
    ran = [(_definitions(source), source.strip()) for source in history if source.strip() not in others]
    defined = {answer.name: _definitions(answer.source) for answer in saved if answer.code}
    found: dict[str, str] = {}
    for answer in saved:
        elsewhere = set().union(*(names for name, names in defined.items() if name != answer.name))
        own = defined.get(answer.name, set()) - elsewhere
        found[answer.name] = next((source for names, source in reversed(ran) if names & own), answer.source)
    differing = [answer.name for answer in saved if _plain(found[answer.name]) != _plain(answer.source)]
    return Judged(answers=found, differing=tuple(differing))


def digest(answers: Mapping[str, str]) -> str:
    """Return one hash, in hexadecimal digits, of all answers by name; spaces at line ends do not count."""
    together = "".join(f"{name}\0{_plain(text)}\0" for name, text in sorted(answers.items()))
    return hashlib.sha256(together.encode()).hexdigest()


def digests(answers: Mapping[str, str]) -> dict[str, str]:
    """Return a short hash of each answer by name."""
    return {name: hashlib.sha256(_plain(text).encode()).hexdigest()[:KEPT] for name, text in answers.items()}


def code_of(digest: str) -> str:
    """Return a hash's first digits in groups of four, for people: ``3f9a-41c2-77b0``."""
    return "-".join(digest[i : i + 4] for i in range(0, SHOWN, 4))


def _plain(text: str) -> str:
    return "\n".join(line.rstrip() for line in text.strip().splitlines())


def _definitions(source: str) -> set[tuple[frozenset[str], str]]:
    return Notebook([("", source)]).definitions
