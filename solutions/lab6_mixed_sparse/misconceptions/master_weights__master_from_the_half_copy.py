"""The master copy is made from the float16 copy, so all digits that float16 cannot hold are lost after each
step."""

def update_master(master, gradient, lr):
    half = master.astype(np.float16)
    master = half.astype(np.float32) - lr * gradient.astype(np.float32)
    return master, master.astype(np.float16)
