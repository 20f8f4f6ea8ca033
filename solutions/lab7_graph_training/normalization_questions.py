"""Lab 7: questions on batch normalization and the LSTM; points, cases, oracles, and tolerances with their reasons."""

from __future__ import annotations

from autograder.course.question import Question

QUESTIONS: list[Question] = []
