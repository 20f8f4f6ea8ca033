"""The values are right, but no time was saved. Either the zeros are written back and the whole matrix is
multiplied, or a loop walks through the rows one by one, and a thousand small products in Python cost more than
the zeros. Multiply all values at once by the entries of x at their columns, then add them up row by row."""
# slow

def to_csr(matrix):
    rows, indices = np.nonzero(matrix)
    indptr = np.zeros(len(matrix) + 1, np.int64)
    np.cumsum(np.bincount(rows, minlength=len(matrix)), out=indptr[1:])
    return matrix[rows, indices], indices, indptr


def csr_product(data, indices, indptr, x):
    matrix = np.zeros((len(indptr) - 1, len(x)), x.dtype)
    matrix[np.repeat(np.arange(len(matrix)), np.diff(indptr)), indices] = data
    return matrix @ x
