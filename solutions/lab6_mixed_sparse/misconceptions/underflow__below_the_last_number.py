"""Everything below 2^-24 is taken as lost. What is nearer to 2^-24 than to 0 is rounded up to it."""

def underflow(gradient):
    half = gradient.astype(np.float16)
    size = np.abs(half)
    vanished = (np.abs(gradient) < 2.0**-24) & (gradient != 0)
    subnormal = ~vanished & (half != 0) & (size < 2.0**-14)
    overflowed = np.isinf(half)
    return vanished, subnormal, overflowed
