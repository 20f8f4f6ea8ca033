"""Lab 5, style transfer: all that the lab owns on the students' side."""
