"""reduceat with a zero at the end, and empty rows set to 0 afterwards."""

def to_csr(matrix):
    rows, indices = np.nonzero(matrix)
    indptr = np.zeros(len(matrix) + 1, np.int64)
    np.cumsum(np.bincount(rows, minlength=len(matrix)), out=indptr[1:])
    return matrix[rows, indices], indices, indptr


def csr_product(data, indices, indptr, x):
    products = np.zeros(len(data) + 1, x.dtype)
    np.multiply(data, np.take(x, indices), out=products[:-1])
    sums = np.add.reduceat(products, indptr[:-1])
    return np.where(np.diff(indptr) > 0, sums, 0)
