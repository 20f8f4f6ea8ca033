"""What a student hands in: the notebook's file, a receipt of its answers, a fresh run, and the log of checks."""
