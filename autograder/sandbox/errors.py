"""What can go wrong before a student's code runs at all.

SandboxError
    StudentPythonError    the student environment's Python cannot be run
    IsolationError        the wanted isolation level does not hold on this machine
    StartError            the level holds, but the kernel did not come up
"""

from __future__ import annotations


class SandboxError(Exception):
    """A sandbox could not do what it is there for."""


class StudentPythonError(SandboxError):
    """The student environment's Python cannot be run; no level can do without it."""


class IsolationError(SandboxError):
    """The wanted isolation level does not hold here; nothing was run.

    Parameters
    ----------
    level : str
        The level that was wanted.
    missing : str
        What is missing, in one sentence.
    remedy : str
        The one command or step that brings it; empty if there is none.
    otherwise : str
        What can be done without it, and what that means.
    """

    def __init__(self, level: str, missing: str, remedy: str = "", *, otherwise: str = "") -> None:
        self.level, self.missing, self.remedy = level, missing, remedy
        lines = [f"isolation level {level!r} does not hold here: {missing}"]
        if remedy:
            lines.append(f"To bring it: {remedy}")
        if otherwise:
            lines.append(f"Or else: {otherwise}")
        super().__init__("\n".join(lines))


class StartError(SandboxError):
    """The student's kernel ended, or said nothing, before it was ready."""
