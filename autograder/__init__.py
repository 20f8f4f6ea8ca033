"""The instructor's side: build the labs, grade hand-ins in a sandbox, prove that the grading is right."""
