"""Rows filled up to one length, then a product of two tables, summed along the rows."""

def to_csr(matrix):
    rows, indices = np.nonzero(matrix)
    indptr = np.zeros(len(matrix) + 1, np.int64)
    np.cumsum(np.bincount(rows, minlength=len(matrix)), out=indptr[1:])
    return matrix[rows, indices], indices, indptr


def csr_product(data, indices, indptr, x):
    counts = np.diff(indptr)
    inside = np.arange(max(counts.max(), 1)) < counts[:, None]
    table = np.zeros(inside.shape, x.dtype)
    table[inside] = data * x[indices]
    return table.sum(axis=1)
