"""Differences of a running sum, in float64."""

def to_csr(matrix):
    data, indices, indptr = [], [], [0]
    for row in matrix:
        for column, number in enumerate(row):
            if number != 0:
                data.append(number)
                indices.append(column)
        indptr.append(len(data))
    return np.array(data, matrix.dtype), np.array(indices, np.int64), np.array(indptr)


def csr_product(data, indices, indptr, x):
    running = np.zeros(len(data) + 1)
    np.cumsum(data * x[indices], out=running[1:])
    return running[indptr[1:]] - running[indptr[:-1]]
