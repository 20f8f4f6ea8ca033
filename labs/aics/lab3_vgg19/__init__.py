"""Lab 3, VGG19: all that the lab owns on the students' side."""
