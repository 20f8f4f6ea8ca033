"""The step is taken in half precision, where it is lost beside the weight. Take it in float32."""

def update_master(master, gradient, lr):
    half = (master.astype(np.float16) - np.float16(lr) * gradient).astype(np.float16)
    return half.astype(np.float32), half
