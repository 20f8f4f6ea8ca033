"""x added to itself."""


def twice(x):
    return x + x
