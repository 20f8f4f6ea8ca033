"""What runs inside a sandbox, with the students' Python: nothing here may import the grader."""
