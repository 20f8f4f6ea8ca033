"""A loop over the entries, with np.float32 numbers."""


def update_master(master, gradient, lr):
    new, half = np.empty_like(master), np.empty(master.shape, np.float16)
    for k in np.ndindex(*master.shape):
        new[k] = np.float32(master[k]) - np.float32(lr) * np.float32(gradient[k])
        half[k] = new[k]
    return new, half
