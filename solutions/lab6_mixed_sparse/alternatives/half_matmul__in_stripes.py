"""Stripes of rows, so that less has to be widened at a time."""

def half_matmul(a, b):
    right = b.astype(np.float32)
    stripes = [np.half(a[row : row + 64].astype(np.float32) @ right) for row in range(0, len(a), 64)]
    return np.concatenate(stripes)
