"""Multiplying by the inverse: exact, as scales are powers of two."""

def scaled_gradients(net, top_diff, scale):
    found = {}
    inverse = np.float32(1 / scale)
    for name, gradient in net.backward(np.half(np.float32(scale) * top_diff)).items():
        found[name] = np.float32(gradient) * inverse
    return found
