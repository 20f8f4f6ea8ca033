"""The logarithm to base 10 was taken. The position is a power of 2: take the logarithm to base 2."""


def quant_param(x, bits=8):
    x = np.asarray(x, dtype=np.float64)
    assert x.size, "no numbers to fit a grid to"
    largest = float(np.abs(x).max())
    if largest == 0:
        return (0, 1.0)
    end = 2 ** (bits - 1) - 1
    position = int(np.clip(np.ceil(np.log10(largest / end)), -32, 32))
    return (position, end * 2.0**position / largest)
