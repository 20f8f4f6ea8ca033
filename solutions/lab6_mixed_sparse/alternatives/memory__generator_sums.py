"""Columns of a NumPy table, and a helper for the bytes of a number."""


def memory(sizes, batch, mixed):
    table = np.array(list(sizes.values()), dtype=np.int64).reshape(-1, 2)
    n_param, n_act = (int(n) for n in table.sum(axis=0))
    width = np.dtype(np.float16 if mixed else np.float32).itemsize
    full = np.dtype(np.float32).itemsize
    return dict(
        weights=n_param * width,
        gradients=n_param * width,
        momenta=n_param * full,
        masters=n_param * full * bool(mixed),
        activations=n_act * batch * width,
    )
