"""The gradients are divided in half precision, where they vanish after all. Make them float32 first."""

def scaled_gradients(net, top_diff, scale):
    gradients = net.backward((top_diff * scale).astype(np.float16))
    return {name: (gradient / np.float16(scale)).astype(np.float32) for name, gradient in gradients.items()}
