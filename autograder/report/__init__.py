"""What came of a lab for a whole class, as one page, a table and JSON: who failed what, and why."""
