"""The master copy in float64: more than enough."""

def update_master(master, gradient, lr):
    master = master.astype(np.float64) - lr * gradient.astype(np.float64)
    return master, master.astype(np.float16)
