"""Errors of lecture notes, as puzzles: a student mends a few lines, and they are run, not read."""

from aics.notes.puzzle import Puzzle, Tried
from aics.notes.solve import Solve

__all__ = ["Puzzle", "Solve", "Tried"]
