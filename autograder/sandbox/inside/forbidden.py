"""Lies over every module that a lab forbids."""

raise ModuleNotFoundError(f"{__name__} may not be used in this lab", name=__name__)
