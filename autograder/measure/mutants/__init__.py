"""Wrong answers made by machine: each solution with one change, judged as a hand-in is, in this process."""
