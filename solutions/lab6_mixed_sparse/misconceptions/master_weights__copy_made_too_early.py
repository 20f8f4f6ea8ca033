"""The float16 copy is made of the old master: the network is one step behind."""

def update_master(master, gradient, lr):
    half = master.astype(np.float16)
    return master - lr * gradient.astype(np.float32), half
