"""Lab 7: questions on walks: which nodes run, in what order, and backwards; points, cases, oracles, and tolerances with their reasons."""

from __future__ import annotations

from autograder.course.question import Question

QUESTIONS: list[Question] = []
