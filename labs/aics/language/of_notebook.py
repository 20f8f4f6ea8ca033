"""The language of a notebook's edition, which stands in its metadata: ``{"aics": {"language": "zh"}}``."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from aics.language.catalogue import languages
from aics.language.spoken import ENGLISH, short


def language_of(notebook: Mapping[str, Any]) -> str:
    """Return the language of a notebook, as JSON or nbformat has it, such as ``zh``.

    "" for an English one, and for one that names a language that the engine does not have: a hand-in can say anything.
    """
    metadata = notebook.get("metadata")
    own = metadata.get("aics") if isinstance(metadata, Mapping) else None
    said = own.get("language") if isinstance(own, Mapping) else None
    name = short(said) if isinstance(said, str) else ""
    return name if name != ENGLISH and name in languages() else ""
