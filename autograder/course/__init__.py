"""A course: where its folders are, its labs, and what an instructor knows of each question."""

from autograder.course.lab import Lab, labs
from autograder.course.paths import LABS, REFERENCE, ROOT, SOLUTIONS, UPLOAD, ClassFolder, CourseError
from autograder.course.variant import Variant

__all__ = [
    "LABS",
    "REFERENCE",
    "ROOT",
    "SOLUTIONS",
    "UPLOAD",
    "ClassFolder",
    "CourseError",
    "Lab",
    "Variant",
    "labs",
]
