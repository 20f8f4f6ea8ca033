"""The master copy that came in is written into. Whoever wants to go back to it cannot: return a new one."""

def update_master(master, gradient, lr):
    master -= lr * gradient.astype(np.float32)
    return master, master.astype(np.float16)
