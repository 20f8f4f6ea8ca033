"""The negative learning rate times the gradient, added."""


def update_master(master, gradient, lr):
    step = np.float32(-lr) * gradient.astype("float32")
    updated = np.add(master, step)
    half = np.empty(updated.shape, np.float16)
    half[...] = updated
    return updated, half
