"""Lab 7, the graph learns: all that the lab owns on the students' side."""
