"""The gradients are multiplied by the scale once more. They should be divided."""

def scaled_gradients(net, top_diff, scale):
    gradients = net.backward((top_diff * scale).astype(np.float16))
    return {name: gradient.astype(np.float32) * scale for name, gradient in gradients.items()}
