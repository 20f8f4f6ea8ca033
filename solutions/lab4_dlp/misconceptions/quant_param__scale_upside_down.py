"""The scale is upside down: it says how far the range has to be stretched to reach the end of the grid, so it is
divided by the largest magnitude."""


def quant_param(x, bits=8):
    x = np.asarray(x, dtype=np.float64)
    assert x.size, "no numbers to fit a grid to"
    largest = float(np.abs(x).max())
    if largest == 0:
        return 0, 1.0
    end = 2 ** (bits - 1) - 1
    position = int(np.clip(np.ceil(np.log2(largest / end)), -32, 32))
    return position, largest / (end * 2.0**position)
