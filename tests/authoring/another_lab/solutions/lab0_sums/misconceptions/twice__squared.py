"""This is the square of each number: x times x, not x plus x."""


def twice(x):
    return x * x
