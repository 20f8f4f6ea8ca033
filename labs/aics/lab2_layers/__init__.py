"""Lab 2, layers: all that the lab owns on the students' side."""
