"""Sums by bincount, with the row of each number."""

def to_csr(matrix):
    rows, indices = np.where(matrix != 0)
    ends = np.cumsum(np.count_nonzero(matrix, axis=1))
    return matrix[matrix != 0], indices, np.concatenate(([0], ends))


def csr_product(data, indices, indptr, x):
    R = len(indptr) - 1
    rows = np.repeat(np.arange(R), np.diff(indptr))
    return np.bincount(rows, weights=data * x[indices], minlength=R)
