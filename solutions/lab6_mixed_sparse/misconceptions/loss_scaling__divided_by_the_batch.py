"""The gradients are divided by the number of images as well. top_diff has been divided by it already."""

def scaled_gradients(net, top_diff, scale):
    gradients = net.backward((top_diff * scale).astype(np.float16))
    return {name: gradient.astype(np.float32) / (scale * len(top_diff)) for name, gradient in gradients.items()}
