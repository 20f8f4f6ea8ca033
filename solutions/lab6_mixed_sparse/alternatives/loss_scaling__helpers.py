"""Two helpers, one to scale and one to undo it."""


def to_half(array, scale):
    with np.errstate(over="ignore"):
        return np.multiply(array, scale).astype(np.float16)


def from_half(array, scale):
    return np.true_divide(array, scale, dtype=np.float32)


def scaled_gradients(net, top_diff, scale):
    return dict((k, from_half(g, scale)) for k, g in net.backward(to_half(top_diff, scale)).items())
