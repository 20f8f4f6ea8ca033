"""A copy of the master that is subtracted from in place."""


def update_master(master, gradient, lr):
    new = master.copy()
    new -= np.multiply(gradient, lr, dtype=np.float32)
    return new, np.float16(new)
