"""What several labs' asks hand to a student's code: networks, recorded answers, arrays cut from a row."""
