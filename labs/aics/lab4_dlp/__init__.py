"""Lab 4, the same network on another machine: all that the lab owns on the students' side."""
