"""Finished layers that are no answer to any question."""
