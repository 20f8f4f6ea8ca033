"""A loop over the entries fills three arrays."""


def underflow(gradient):
    vanished, subnormal, overflowed = (np.zeros(gradient.shape, dtype=bool) for _ in range(3))
    with np.errstate(over="ignore"):
        for index, value in np.ndenumerate(gradient):
            half = abs(float(np.float16(value)))
            if half == 0.0:
                vanished[index] = value != 0
            elif half < 2**-14:
                subnormal[index] = True
            elif half == float("inf"):
                overflowed[index] = True
    return vanished, subnormal, overflowed
