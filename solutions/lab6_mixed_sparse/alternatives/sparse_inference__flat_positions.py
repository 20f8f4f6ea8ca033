"""Flat positions divided by the width; searchsorted finds where rows begin."""


def to_csr(matrix):
    R, C = matrix.shape
    flat = np.flatnonzero(matrix)
    rows, indices = np.divmod(flat, C)
    indptr = np.searchsorted(rows, np.arange(R + 1))
    return matrix.ravel()[flat], indices, indptr


def csr_product(data, indices, indptr, x):
    sums = np.zeros(len(data) + 1, dtype=np.float64)
    np.cumsum(data * x[indices], out=sums[1:])
    return (sums[indptr[1:]] - sums[indptr[:-1]]).astype(np.result_type(data, x))
