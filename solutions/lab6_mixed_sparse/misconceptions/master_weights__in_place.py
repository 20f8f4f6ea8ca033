"""The master copy that was passed in is changed. The caller cannot go back to it: return a new one."""

def update_master(master, gradient, lr):
    master -= lr * gradient.astype(np.float32)
    return master, master.astype(np.float16)
