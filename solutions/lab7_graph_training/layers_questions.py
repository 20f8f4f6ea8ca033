"""Lab 7: questions on layers and networks; points, cases, oracles, and tolerances with their reasons."""

from __future__ import annotations

from autograder.course.question import Question

QUESTIONS: list[Question] = []
