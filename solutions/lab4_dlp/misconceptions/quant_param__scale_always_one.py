"""The scale is always 1. It makes good what rounding the position up has wasted, so that the largest magnitude meets
the grid's end."""


def quant_param(x, bits=8):
    x = np.asarray(x, dtype=np.float64)
    assert x.size, "no numbers to fit a grid to"
    largest = float(np.abs(x).max())
    if largest == 0:
        return (0, 1.0)
    end = 2 ** (bits - 1) - 1
    position = int(np.clip(np.ceil(np.log2(largest / end)), -32, 32))
    return (position, 1.0)
