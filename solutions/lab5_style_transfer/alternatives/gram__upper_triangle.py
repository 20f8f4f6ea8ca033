"""Dot products of the pairs above the diagonal, mirrored below."""


def gram_matrix(features):
    N, C = features.shape[:2]
    gram = np.zeros((N, C, C), features.dtype)
    flat = features.reshape(N, C, -1)
    for i in range(C):
        for j in range(i, C):
            gram[:, i, j] = gram[:, j, i] = (flat[:, i] * flat[:, j]).sum(axis=1)
    return gram
