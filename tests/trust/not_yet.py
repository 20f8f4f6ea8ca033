"""Attempts that still gain something, and what is missing to stop them."""

from __future__ import annotations

NOT_YET: dict[str, str] = {}
