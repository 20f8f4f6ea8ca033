"""Which language a notebook is written in."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from aics.language.spoken import short


def language_of(notebook: Mapping[str, Any]) -> str:
    """Return the language that a notebook's metadata say, ``metadata.aics.language``; "" where they say none."""
    metadata = notebook.get("metadata")
    about = metadata.get("aics") if isinstance(metadata, Mapping) else None
    said = about.get("language") if isinstance(about, Mapping) else None
    return short(said) if isinstance(said, str) else ""
