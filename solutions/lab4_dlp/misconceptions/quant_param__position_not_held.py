"""The position leaves the range from -32 to 32 for very large and very small values. The card has no room for
it."""


def quant_param(x, bits=8):
    x = np.asarray(x, dtype=np.float64)
    assert x.size, "no numbers to fit a grid to"
    largest = float(np.abs(x).max())
    if largest == 0:
        return 0, 1.0
    end = 2 ** (bits - 1) - 1
    position = int(np.ceil(np.log2(largest / end)))
    return position, end * 2.0**position / largest
