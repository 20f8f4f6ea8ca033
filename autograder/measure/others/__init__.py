"""The same right and wrong answers, put to the checks that others published for the same questions."""
