"""Attempts that still gain something, and what is missing to stop them."""

from __future__ import annotations

_MISSING = {
    "something beside arrays that says which layers ran": ("unrecorded_layers",),
}
NOT_YET = {name: missing for missing, names in _MISSING.items() for name in names}
