"""Three lists, filled row by row."""

def to_csr(matrix):
    data, indices, indptr = [], [], [0]
    for row in matrix:
        places = np.flatnonzero(row)
        data += row[places].tolist()
        indices += places.tolist()
        indptr.append(len(data))
    return data, indices, indptr


def csr_product(data, indices, indptr, x):
    products = np.asarray(data) * x[np.asarray(indices)]
    sums = np.concatenate([[0], np.cumsum(products, dtype=np.float64)])
    return sums[np.asarray(indptr)[1:]] - sums[np.asarray(indptr)[:-1]]
