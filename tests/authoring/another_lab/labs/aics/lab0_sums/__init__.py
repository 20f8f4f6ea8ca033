"""Lab 0, sums: all that the lab owns on the students' side."""
