"""The row came twice, one after the other: each number shall be doubled in its place."""


def twice(x):
    return np.concatenate([x, x])
