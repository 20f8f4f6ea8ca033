"""What has vanished is reported as subnormal too. A subnormal number is not 0."""

def underflow(gradient):
    half = gradient.astype(np.float16)
    size = np.abs(half)
    vanished = (half == 0) & (gradient != 0)
    subnormal = (gradient != 0) & (size < 2.0**-14)
    overflowed = np.isinf(half)
    return vanished, subnormal, overflowed
