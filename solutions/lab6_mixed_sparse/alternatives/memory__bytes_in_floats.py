"""Bytes as floats, from bits divided by 8."""

def memory(sizes, batch, mixed):
    parameters = np.array([learned for learned, _ in sizes.values()]).sum()
    kept = np.array([numbers for _, numbers in sizes.values()]).sum() * batch
    bits = 16 if mixed else 32
    return {
        "weights": bits * parameters / 8,
        "masters": 32 * parameters / 8 * mixed,
        "gradients": bits * parameters / 8,
        "momenta": 32 * parameters / 8,
        "activations": bits * kept / 8,
    }
