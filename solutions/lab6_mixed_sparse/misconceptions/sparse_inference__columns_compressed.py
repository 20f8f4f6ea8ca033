"""Values are kept column by column. Keep them row by row, so that all that belongs to one output lies
together."""

def to_csr(matrix):
    columns, indices = np.nonzero(matrix.T)
    indptr = np.zeros(matrix.shape[1] + 1, np.int64)
    np.cumsum(np.bincount(columns, minlength=matrix.shape[1]), out=indptr[1:])
    return matrix.T[columns, indices], indices, indptr


def csr_product(data, indices, indptr, x):
    products = data * x[indices]
    y = np.zeros(len(indptr) - 1, products.dtype)
    filled = indptr[1:] > indptr[:-1]
    if products.size:
        y[filled] = np.add.reduceat(products, indptr[:-1][filled])
    return y
