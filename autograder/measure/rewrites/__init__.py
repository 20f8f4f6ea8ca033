"""Right answers written in other ways by machine: every one must keep its points."""
