"""`lr * gradient` of a half is a half, and is 0 where it is small. Make the gradient float32 before it is multiplied."""

def update_master(master, gradient, lr):
    master = master - (lr * gradient).astype(np.float32)
    return master, master.astype(np.float16)
