"""In double precision, rounded once."""

def update_master(master, gradient, lr):
    new = (master.astype(np.float64) - np.float64(lr) * gradient).astype(np.float32)
    return new, new.astype("f2")
