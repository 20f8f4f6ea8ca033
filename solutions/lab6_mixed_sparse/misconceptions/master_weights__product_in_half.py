"""`lr * gradient` of a float16 gradient is float16, and is 0 where it is small. Make the gradient float32
before you multiply."""

def update_master(master, gradient, lr):
    master = master - (lr * gradient).astype(np.float32)
    return master, master.astype(np.float16)
