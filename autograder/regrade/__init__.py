"""Requests of students to look at a verdict again: taken in, shown with their evidence, decided, and kept for good."""
