"""Two known mistakes at once: in one question, and in two of which one builds on the other."""
