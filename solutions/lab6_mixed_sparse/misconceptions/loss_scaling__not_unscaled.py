"""The gradients are still scaled. Divide them, or each step is thousands of times too long."""

def scaled_gradients(net, top_diff, scale):
    gradients = net.backward((top_diff * scale).astype(np.float16))
    return {name: gradient.astype(np.float32) for name, gradient in gradients.items()}
