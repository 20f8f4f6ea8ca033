"""The gradient is subtracted as it is, without the learning rate."""

def update_master(master, gradient, lr):
    master = master - gradient.astype(np.float32)
    return master, master.astype(np.float16)
