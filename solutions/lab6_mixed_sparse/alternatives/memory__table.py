"""Bytes of each kind in a table."""

def memory(sizes, batch, mixed):
    parameters, numbers = np.array(list(sizes.values())).sum(axis=0)
    bytes_of = (2, 4, 2, 4, 2) if mixed else (4, 0, 4, 4, 4)
    kinds = ("weights", "masters", "gradients", "momenta", "activations")
    counts = (parameters,) * 4 + (numbers * batch,)
    return {kind: int(size * count) for kind, size, count in zip(kinds, bytes_of, counts, strict=True)}
