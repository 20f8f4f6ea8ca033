"""Whether the names that the student's own check gives are true, of code that its bank of mistakes does not hold."""
