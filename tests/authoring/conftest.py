"""The tiny lab, one for a test."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.authoring.tiny_lab import NAME, Tiny, added, write_tiny


@pytest.fixture
def tiny(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Tiny]:
    yield added(write_tiny(tmp_path / "checkout"), monkeypatch)
    sys.modules.pop(f"aics.{NAME}", None)
    sys.modules.pop(f"aics.{NAME}.asks", None)
