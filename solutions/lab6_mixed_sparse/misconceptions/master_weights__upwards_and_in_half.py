"""Two mistakes at once: the step goes up the gradient, and the master copy was rounded to half precision."""


def update_master(master, gradient, lr):
    assert master.shape == gradient.shape, f"{master.shape}, {gradient.shape}"
    master = master + lr * gradient.astype(np.float32)
    return (master.astype(np.float16), master.astype(np.float16))
