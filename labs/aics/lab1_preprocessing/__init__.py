"""Lab 1, preprocessing: all that the lab owns on the students' side."""
