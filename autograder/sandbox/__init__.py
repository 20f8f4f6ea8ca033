"""Runs student code where it can harm nothing: isolation levels, the sandboxed kernel, its limits."""

from __future__ import annotations

from .errors import FreezeError, IsolationError, MissingError, SandboxError, StartError
from .execution import Execution
from .identity import open_to_student
from .kernel import SandboxKernel
from .spec import Limits, SandboxSpec

__all__ = [
    "Execution",
    "FreezeError",
    "IsolationError",
    "Limits",
    "MissingError",
    "SandboxError",
    "SandboxKernel",
    "SandboxSpec",
    "StartError",
    "open_to_student",
]
