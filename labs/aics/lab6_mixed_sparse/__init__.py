"""Lab 6, mixed precision and sparse training: all that the lab owns on the students' side."""
