"""Only values above 0 are kept. A negative weight is a weight, too."""

def to_csr(matrix):
    rows, indices = np.nonzero(matrix > 0)
    indptr = np.zeros(len(matrix) + 1, np.int64)
    np.cumsum(np.bincount(rows, minlength=len(matrix)), out=indptr[1:])
    return matrix[rows, indices], indices, indptr


def csr_product(data, indices, indptr, x):
    products = data * x[indices]
    y = np.zeros(len(indptr) - 1, products.dtype)
    filled = indptr[1:] > indptr[:-1]
    if products.size:
        y[filled] = np.add.reduceat(products, indptr[:-1][filled])
    return y
