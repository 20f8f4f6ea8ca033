"""The master copies are counted in float16. They are the exact ones."""

def memory(sizes, batch, mixed):
    parameters = sum(row[0] for row in sizes.values())
    kept = batch * sum(row[1] for row in sizes.values())
    short = 2 if mixed else 4
    return {
        "weights": short * parameters,
        "masters": (2 if mixed else 0) * parameters,
        "gradients": short * parameters,
        "momenta": 4 * parameters,
        "activations": short * kept,
    }
