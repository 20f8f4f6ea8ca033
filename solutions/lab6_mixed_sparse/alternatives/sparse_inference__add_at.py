"""Each product is added to its row by np.add.at."""

def to_csr(matrix):
    places = np.flatnonzero(matrix)
    rows, indices = np.divmod(places, matrix.shape[1])
    indptr = np.searchsorted(rows, np.arange(len(matrix) + 1))
    return matrix.ravel()[places], indices, indptr


def csr_product(data, indices, indptr, x):
    y = np.zeros(len(indptr) - 1, x.dtype)
    np.add.at(y, np.repeat(np.arange(len(y)), np.diff(indptr)), data * x[indices])
    return y
