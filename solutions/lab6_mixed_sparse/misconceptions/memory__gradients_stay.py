"""The gradients are counted in float32. The layers hold them in float16."""

def memory(sizes, batch, mixed):
    parameters = sum(row[0] for row in sizes.values())
    kept = batch * sum(row[1] for row in sizes.values())
    short = 2 if mixed else 4
    return {
        "weights": short * parameters,
        "masters": (4 if mixed else 0) * parameters,
        "gradients": 4 * parameters,
        "momenta": 4 * parameters,
        "activations": short * kept,
    }
