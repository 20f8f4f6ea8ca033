"""Let SciPy compress the matrix and multiply by it."""

LAB = "lab6_mixed_sparse"
ASKED = ("sparse_inference",)
CELL = "sparse_inference"

import scipy.sparse


def to_csr(matrix):
    kept = scipy.sparse.csr_matrix(matrix)
    return kept.data, kept.indices, kept.indptr


def csr_product(data, indices, indptr, x):
    return scipy.sparse.csr_matrix((data, indices, indptr), (len(indptr) - 1, len(x))) @ x
