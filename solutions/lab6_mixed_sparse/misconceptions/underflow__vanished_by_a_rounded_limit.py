"""What is below 6e-8 was taken for lost. What is nearer to 2^-24, about 5.96e-8, than to 0 becomes 2^-24 when it is
cast: half of that is the limit."""


def underflow(gradient):
    with np.errstate(over="ignore"):
        half = np.abs(gradient.astype(np.float16))
    vanished = (np.abs(gradient) < 6e-08) & (gradient != 0)
    subnormal = (half > 0) & (half < 2.0 ** (-14))
    return (vanished, subnormal, np.isinf(half))
