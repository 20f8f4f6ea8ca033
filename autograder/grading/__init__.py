"""Run hand-ins in sandboxes, judge and time them, and keep what came of it."""
