"""The bench of all attempts: real sandboxes, and no test waits for the real limits."""

from __future__ import annotations

import pytest

pytest.register_assert_rewrite("tests.trust.handins")

from tests.grading.conftest import anything_allowed, bench  # noqa: E402, F401


@pytest.fixture(autouse=True)
def short_waits(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("autograder.grading.bench.CONNECT", 2.0)


@pytest.fixture(autouse=True)
def no_help_from_the_rule_on_imports(request: pytest.FixtureRequest) -> None:
    """Every other guard stands alone: most attempts import something and would be refused for that."""
    if not request.module.__name__.endswith("test_allowed_imports"):
        request.getfixturevalue("anything_allowed")
