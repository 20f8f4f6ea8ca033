"""Runs student code where it can harm nothing: isolation levels, the sandboxed kernel, its limits."""

from __future__ import annotations

from .errors import IsolationError, SandboxError, StartError, StudentPythonError
from .execution import Execution
from .identity import open_to_student
from .kernel import SandboxKernel
from .spec import Limits, SandboxSpec

__all__ = [
    "Execution",
    "IsolationError",
    "Limits",
    "SandboxError",
    "SandboxKernel",
    "SandboxSpec",
    "StartError",
    "StudentPythonError",
    "open_to_student",
]
