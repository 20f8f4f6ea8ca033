"""The network is handed float32. It runs in half precision: cast what you scaled."""

def scaled_gradients(net, top_diff, scale):
    gradients = net.backward((top_diff * scale).astype(np.float32))
    return {name: gradient.astype(np.float32) / scale for name, gradient in gradients.items()}
