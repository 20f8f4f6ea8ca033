"""Each product is rounded to float16 before it is added. Widen first, then multiply."""

def half_matmul(a, b):
    return (a[:, :, None] * b[None]).astype(np.float32).sum(axis=1).astype(np.float16)
