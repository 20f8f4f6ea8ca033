"""The sheet for an oral check: questions about each student's own code, with what the code gives."""
