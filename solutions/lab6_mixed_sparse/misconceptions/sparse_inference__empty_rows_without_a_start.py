"""Only rows that hold something get a start. An empty row has one as well, where the next row begins."""

def to_csr(matrix):
    rows, indices = np.nonzero(matrix)
    counts = np.unique(rows, return_counts=True)[1]
    return matrix[rows, indices], indices, np.concatenate([[0], np.cumsum(counts)]).astype(np.int64)


def csr_product(data, indices, indptr, x):
    products = data * x[indices]
    y = np.zeros(len(indptr) - 1, products.dtype)
    filled = indptr[1:] > indptr[:-1]
    if products.size:
        y[filled] = np.add.reduceat(products, indptr[:-1][filled])
    return y
