"""Lab 7: questions on what TensorBoard reads; points, cases, oracles, and tolerances with their reasons."""

from __future__ import annotations

from autograder.course.question import Question

QUESTIONS: list[Question] = []
