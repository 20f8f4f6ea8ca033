"""The master copy is made out of the half copy, and all digits that the half has not are lost after each step."""

def update_master(master, gradient, lr):
    half = master.astype(np.float16)
    master = half.astype(np.float32) - lr * gradient.astype(np.float32)
    return master, master.astype(np.float16)
