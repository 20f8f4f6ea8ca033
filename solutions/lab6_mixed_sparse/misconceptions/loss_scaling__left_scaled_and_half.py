"""The gradients came back as the network gave them: still in half precision, and still scaled. Make them float32, then
divide by the scale."""


def scaled_gradients(net, top_diff, scale):
    with np.errstate(over="ignore"):
        scaled = (top_diff * scale).astype(np.float16)
    return {name: gradient for name, gradient in net.backward(scaled).items()}
