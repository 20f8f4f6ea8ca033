"""Parameters by student: which a student's questions have, and the notebook that shows them."""
