"""The limits from np.finfo, compared with the half itself."""


def underflow(gradient):
    info = np.finfo(np.float16)
    with np.errstate(over="ignore", under="ignore"):
        h = gradient.astype(np.float16)
    size = np.absolute(h)
    zero = size == 0
    return np.logical_and(zero, gradient != 0), ~zero & (size < info.tiny), size > info.max
