"""Lengths of the rows by sums of a mask, np.repeat for the rows, bincount for the sums."""


def to_csr(matrix):
    there = matrix != 0
    indptr = np.concatenate([[0], np.cumsum(there.sum(axis=1))])
    indices = np.tile(np.arange(matrix.shape[1]), (matrix.shape[0], 1))[there]
    return matrix[there], indices, indptr


def csr_product(data, indices, indptr, x):
    R = len(indptr) - 1
    row = np.repeat(np.arange(R), np.diff(indptr))
    return np.bincount(row, weights=data * np.take(x, indices), minlength=R).astype(np.result_type(data, x))
