"""One dict for each precision, written out."""


def memory(sizes, batch, mixed):
    p, a = 0, 0
    for layer in sizes:
        p += sizes[layer][0]
        a += sizes[layer][1]
    if mixed:
        return {"weights": 2 * p, "masters": 4 * p, "gradients": 2 * p, "momenta": 4 * p, "activations": 2 * a * batch}
    return {"weights": 4 * p, "masters": 0, "gradients": 4 * p, "momenta": 4 * p, "activations": 4 * a * batch}
