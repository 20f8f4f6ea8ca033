"""How each lab's questions are asked: one module a lab, one function a question."""
