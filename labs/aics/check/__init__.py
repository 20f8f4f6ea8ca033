"""Ask a student's code, judge what it answers, and say so: one judge for the student's check and the grader."""

from aics.check.folder import LabError
from aics.check.opened import open_lab

__all__ = ["LabError", "open_lab"]
