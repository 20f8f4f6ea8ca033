"""The activations are those of one image. Every image of the batch is kept until the way back."""

def memory(sizes, batch, mixed):
    parameters = sum(row[0] for row in sizes.values())
    kept = sum(row[1] for row in sizes.values())
    short = 2 if mixed else 4
    return {
        "weights": short * parameters,
        "masters": (4 if mixed else 0) * parameters,
        "gradients": short * parameters,
        "momenta": 4 * parameters,
        "activations": short * kept,
    }
