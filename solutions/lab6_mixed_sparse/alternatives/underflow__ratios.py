"""By what is left of each number."""

def underflow(gradient):
    left = np.float16(gradient).astype(np.float32)
    gone = np.logical_and(left == 0, gradient != left)
    infinite = ~np.isfinite(left)
    small = np.logical_and(np.abs(left) < np.finfo(np.float16).tiny, left != 0)
    return gone, small, infinite
