"""Two mistakes at once: with mixed precision both the gradients and the activations are held in half precision, two
bytes per value."""


def memory(sizes, batch, mixed):
    parameters = sum((learned for learned, _ in sizes.values()))
    kept = batch * sum((numbers for _, numbers in sizes.values()))
    short = 2 if mixed else 4
    return {
        "weights": short * parameters,
        "masters": 4 * parameters if mixed else 0,
        "gradients": 4 * parameters,
        "momenta": 4 * parameters,
        "activations": 4 * kept,
    }
