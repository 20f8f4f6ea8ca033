"""Everything above 65504 is reported as overflowed. Values below 65520 are rounded down to it."""

def underflow(gradient):
    half = gradient.astype(np.float16)
    size = np.abs(half)
    vanished = (half == 0) & (gradient != 0)
    subnormal = (half != 0) & (size < 2.0**-14)
    overflowed = np.abs(gradient) > 65504
    return vanished, subnormal, overflowed
