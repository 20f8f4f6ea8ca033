"""Empty rows are left out of the product, so that it gets too short and later rows move up."""

def to_csr(matrix):
    rows, indices = np.nonzero(matrix)
    indptr = np.zeros(len(matrix) + 1, np.int64)
    np.cumsum(np.bincount(rows, minlength=len(matrix)), out=indptr[1:])
    return matrix[rows, indices], indices, indptr


def csr_product(data, indices, indptr, x):
    products = data * x[indices]
    starts = indptr[:-1][indptr[1:] > indptr[:-1]]
    return np.add.reduceat(products, starts) if products.size else np.zeros(0, x.dtype)
