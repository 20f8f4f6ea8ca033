"""The weights that the layers compute with are counted in float32. Those are the float16 copies."""

def memory(sizes, batch, mixed):
    parameters = sum(row[0] for row in sizes.values())
    kept = batch * sum(row[1] for row in sizes.values())
    short = 2 if mixed else 4
    return {
        "weights": 4 * parameters,
        "masters": (4 if mixed else 0) * parameters,
        "gradients": short * parameters,
        "momenta": 4 * parameters,
        "activations": short * kept,
    }
