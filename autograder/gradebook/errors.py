"""What the gradebook raises. Nothing of nbgrader is imported here: every command catches these, and few need it."""

from __future__ import annotations


class GradebookError(Exception):
    """nbgrader could not do its part for one hand-in; the message says why."""


class GradebookUnusable(GradebookError):
    """The gradebook itself cannot be used; the message says what to do."""
