"""Pairs of hand-ins that share code or rare mistakes, as evidence for a person, never a verdict."""
