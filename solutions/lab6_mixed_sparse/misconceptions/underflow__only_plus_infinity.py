"""Only plus infinity is found: values below -65504 overflow too."""

def underflow(gradient):
    half = gradient.astype(np.float16)
    size = np.abs(half)
    vanished = (half == 0) & (gradient != 0)
    subnormal = (half != 0) & (size < 2.0**-14)
    overflowed = half == np.inf
    return vanished, subnormal, overflowed
