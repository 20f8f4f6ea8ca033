"""The bank of right and wrong answers as data: JSON Lines with labels, features and verdicts, and a data card."""
