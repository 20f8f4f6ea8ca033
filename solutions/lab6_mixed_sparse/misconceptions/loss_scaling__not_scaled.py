"""top_diff is passed down as it is, and what is small vanishes."""

def scaled_gradients(net, top_diff, scale):
    gradients = net.backward(top_diff.astype(np.float16))
    return {name: gradient.astype(np.float32) for name, gradient in gradients.items()}
