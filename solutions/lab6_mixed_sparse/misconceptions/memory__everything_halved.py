"""Everything is taken to be half as large, the momenta too. They are running sums, and stay in float32."""

def memory(sizes, batch, mixed):
    parameters = sum(row[0] for row in sizes.values())
    kept = batch * sum(row[1] for row in sizes.values())
    short = 2 if mixed else 4
    return {
        "weights": short * parameters,
        "masters": (4 if mixed else 0) * parameters,
        "gradients": short * parameters,
        "momenta": short * parameters,
        "activations": short * kept,
    }
