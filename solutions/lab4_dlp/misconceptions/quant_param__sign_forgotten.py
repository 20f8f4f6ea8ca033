"""The largest value is not the largest magnitude: a range that reaches further below zero does not fit. Take
np.abs first."""


def quant_param(x, bits=8):
    x = np.asarray(x, dtype=np.float64)
    assert x.size, "no numbers to fit a grid to"
    largest = float(x.max())
    if largest == 0:
        return 0, 1.0
    end = 2 ** (bits - 1) - 1
    position = int(np.clip(np.ceil(np.log2(largest / end)), -32, 32))
    return position, end * 2.0**position / largest
