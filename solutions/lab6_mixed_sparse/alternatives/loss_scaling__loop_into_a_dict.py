"""A loop that divides in place, one gradient after another."""


def scaled_gradients(net, top_diff, scale):
    with np.errstate(over="ignore"):
        half = np.array(top_diff * np.float32(scale), dtype=np.float16)
    result = {}
    grads = net.backward(half)
    for name in grads:
        g = np.array(grads[name], dtype=np.float32)
        g /= scale
        result[name] = g
    return result
