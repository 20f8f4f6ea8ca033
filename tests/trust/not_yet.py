"""Attempts that still gain something, and what is missing to stop them; none today."""

from __future__ import annotations

#: Attempt -> what is missing.
NOT_YET: dict[str, str] = {}
