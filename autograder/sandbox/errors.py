"""What can go wrong before a student's code runs at all, and while it is measured.

SandboxError
    MissingError          something that a sandbox needs is not on this machine
        IsolationError    the wanted isolation level does not hold on this machine
    StartError            the level holds, but the kernel did not come up
    FreezeError           something started while nothing could; what was measured meanwhile does not count
"""

from __future__ import annotations

from aics.language import tr


class SandboxError(Exception):
    """A sandbox could not do what it is there for."""


class MissingError(SandboxError):
    """Something that a sandbox needs is not on this machine; nothing was run.

    Parameters
    ----------
    missing : str
        What is missing, in one sentence.
    remedy : str
        The one command or step that brings it; empty if there is none.
    """

    def __init__(self, missing: str, remedy: str = "") -> None:
        super().__init__(missing, remedy)
        self.missing, self.remedy = missing, remedy

    def __str__(self) -> str:
        return (
            tr("{missing}\nTo bring it: {remedy}", missing=self.missing, remedy=self.remedy)
            if self.remedy
            else self.missing
        )


class IsolationError(MissingError):
    """The wanted isolation level does not hold here; nothing was run.

    Parameters
    ----------
    level : str
        The level that was wanted.
    missing, remedy : str
        As in `MissingError`.
    otherwise : str
        What can be done without it, and what that means.
    """

    def __init__(self, level: str, missing: str, remedy: str = "", *, otherwise: str = "") -> None:
        super().__init__(missing, remedy)
        self.level, self.otherwise = level, otherwise
        self.args = (level, missing, remedy)  # from which another process makes it anew

    def __str__(self) -> str:
        said = tr("isolation level {level!r} does not hold here: {why}", level=self.level, why=super().__str__())
        return tr("{said}\nOr else: {otherwise}", said=said, otherwise=self.otherwise) if self.otherwise else said


class StartError(SandboxError):
    """The student's kernel ended, or said nothing, before it was ready."""


class FreezeError(SandboxError):
    """A process or a thread started while forks were frozen, or a limit was changed: the reading is void."""
