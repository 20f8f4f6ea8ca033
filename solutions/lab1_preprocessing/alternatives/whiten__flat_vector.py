"""As one long vector, with np.maximum."""

def whiten(image):
    N = image.size
    flat = image.reshape(-1).astype(np.float32)
    flat = flat - np.mean(flat)
    std = np.linalg.norm(flat) / np.sqrt(N)
    return (flat / np.maximum(std, 1 / np.sqrt(N))).reshape(image.shape)
