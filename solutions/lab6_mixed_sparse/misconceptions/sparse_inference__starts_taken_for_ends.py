"""Starts of rows are read as ends: each row gets the sum of the row before."""

def to_csr(matrix):
    rows, indices = np.nonzero(matrix)
    indptr = np.zeros(len(matrix) + 1, np.int64)
    np.cumsum(np.bincount(rows, minlength=len(matrix)), out=indptr[1:])
    return matrix[rows, indices], indices, indptr


def csr_product(data, indices, indptr, x):
    sums = np.concatenate([[0], np.cumsum(data * x[indices], dtype=np.float64)])
    return np.concatenate([[0.0], np.diff(sums[indptr])[:-1]])
