"""np.linalg.norm of the centred vector instead of a standard deviation."""


def whiten(image):
    centred = image.ravel().astype(np.float32)
    centred = centred - centred.mean(dtype=np.float64)
    deviation = np.linalg.norm(centred) / np.sqrt(centred.size)
    floor = centred.size ** -0.5
    return (centred / (deviation if deviation > floor else floor)).reshape(image.shape).astype(np.float32)
