"""Two mistakes at once: the grid's end was taken as 2 ** (bits - 1), which is one too much, and the position was
rounded down, so that the largest value does not fit."""


def quant_param(x, bits=8):
    x = np.asarray(x, dtype=np.float64)
    assert x.size, "no numbers to fit a grid to"
    largest = float(np.abs(x).max())
    if largest == 0:
        return (0, 1.0)
    end = 2 ** (bits - 1)
    position = int(np.clip(np.floor(np.log2(largest / end)), -32, 32))
    return (position, end * 2.0**position / largest)
