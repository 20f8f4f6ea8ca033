"""By the exact thresholds, where rounding to even decides."""

def underflow(gradient):
    size = np.abs(gradient.astype(np.float64))
    edge = 2.0**-14 - 2.0**-25
    return (size > 0) & (size <= 2.0**-25), (size > 2.0**-25) & (size < edge), size >= 65520
