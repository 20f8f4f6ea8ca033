"""indptr lacks its last entry, the end of the last row: it has one entry more than there are rows."""

def to_csr(matrix):
    rows, indices = np.nonzero(matrix)
    return matrix[rows, indices], indices, np.searchsorted(rows, np.arange(len(matrix)))


def csr_product(data, indices, indptr, x):
    products = data * x[indices]
    y = np.zeros(len(indptr) - 1, products.dtype)
    filled = indptr[1:] > indptr[:-1]
    if products.size:
        y[filled] = np.add.reduceat(products, indptr[:-1][filled])
    return y
