"""The gradients are divided by the number of pictures as well. top_diff has that in it already."""

def scaled_gradients(net, top_diff, scale):
    gradients = net.backward((top_diff * scale).astype(np.float16))
    return {name: gradient.astype(np.float32) / (scale * len(top_diff)) for name, gradient in gradients.items()}
