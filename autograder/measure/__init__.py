"""Measure the autograder itself: prove, doctor, demo."""
