"""Infinite gradients are replaced by zeros. They say that the scale is too large, and must get through."""

def scaled_gradients(net, top_diff, scale):
    gradients = net.backward((top_diff * scale).astype(np.float16))
    return {name: np.where(np.isfinite(gradient), gradient, 0).astype(np.float32) / scale for name, gradient in gradients.items()}
