"""indptr holds the row of each value. It should hold where each row begins, and at the end where the last one
ends: rows + 1 entries."""

def to_csr(matrix):
    rows, indices = np.nonzero(matrix)
    return matrix[rows, indices], indices, rows


def csr_product(data, indices, indptr, x):
    products = data * x[indices]
    y = np.zeros(len(indptr) - 1, products.dtype)
    filled = indptr[1:] > indptr[:-1]
    if products.size:
        y[filled] = np.add.reduceat(products, indptr[:-1][filled])
    return y
