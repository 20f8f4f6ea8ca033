"""np.dot of float32 copies, cast by the constructor."""


def half_matmul(a, b):
    wide = np.dot(np.float32(a), np.float32(b))
    with np.errstate(over="ignore"):
        return np.array(wide, dtype=np.float16)
