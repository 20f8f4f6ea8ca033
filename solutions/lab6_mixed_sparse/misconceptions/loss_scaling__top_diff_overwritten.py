"""top_diff is scaled in place: the caller's array has changed."""

def scaled_gradients(net, top_diff, scale):
    top_diff *= scale
    gradients = net.backward(top_diff.astype(np.float16))
    return {name: gradient.astype(np.float32) / scale for name, gradient in gradients.items()}
