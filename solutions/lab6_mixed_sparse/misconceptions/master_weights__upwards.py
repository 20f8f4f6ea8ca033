"""The step is added. Down the gradient means minus."""

def update_master(master, gradient, lr):
    master = master + lr * gradient.astype(np.float32)
    return master, master.astype(np.float16)
