"""What students received in another language than English, cell by cell; read from the editions as they are built."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

import nbformat

from aics.language import languages
from autograder.course import Lab


def editions_of(lab: Lab) -> list[str]:
    """The languages other than English that the lab is built in."""
    return [name for name in languages() if lab.edition(name) != lab.released and lab.edition(name).exists()]


@lru_cache
def received(lab: Lab, language: str) -> Mapping[str, str]:
    """English text -> the edition's, of every released cell that differs; both without space around them."""
    pair = [nbformat.read(path, 4).cells for path in (lab.released, lab.edition(language))]
    both = [(ours.source.strip(), theirs.source.strip()) for ours, theirs in zip(*pair, strict=True)]
    return {ours: theirs for ours, theirs in both if ours != theirs}
