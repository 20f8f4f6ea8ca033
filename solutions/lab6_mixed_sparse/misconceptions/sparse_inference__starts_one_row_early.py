"""Each row's start is where it ends. indptr begins with 0, and the running sum of the counts comes behind it."""


def to_csr(matrix):
    rows, indices = np.nonzero(matrix)
    indptr = np.zeros(len(matrix) + 1, np.int64)
    indptr[:-1] = np.cumsum(np.bincount(rows, minlength=len(matrix)))
    return (matrix[rows, indices], indices, indptr)


def csr_product(data, indices, indptr, x):
    products = data * x[indices]
    y = np.zeros(len(indptr) - 1, products.dtype)
    filled = indptr[1:] > indptr[:-1]
    if products.size:
        y[filled] = np.add.reduceat(products, indptr[:-1][filled])
    return y
