"""Ask a student's code, judge what it answers, and say so: one judge for the student's check and the grader."""

from aics.check.checker import open_lab
from aics.check.folder import LabError

__all__ = ["LabError", "open_lab"]
