"""No test sees the log of whoever runs it."""

from __future__ import annotations

import pytest


@pytest.fixture(autouse=True)
def _own_log(tmp_path_factory, monkeypatch):
    monkeypatch.setenv("AICS_LOG", str(tmp_path_factory.mktemp("log")))
