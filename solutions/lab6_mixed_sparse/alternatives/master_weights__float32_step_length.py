"""The step length as a float32 number."""

def update_master(master, gradient, lr):
    step = np.multiply(np.float32(lr), gradient, dtype=np.float32)
    new = np.subtract(master, step)
    return new, np.half(new)
