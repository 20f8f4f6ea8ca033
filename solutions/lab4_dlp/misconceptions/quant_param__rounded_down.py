"""The position is rounded down, so the scale comes out below 1: it has to squeeze the range instead of
stretching it. The smallest power of two that holds the range is the next one up: ceil."""


def quant_param(x, bits=8):
    x = np.asarray(x, dtype=np.float64)
    assert x.size, "no numbers to fit a grid to"
    largest = float(np.abs(x).max())
    if largest == 0:
        return 0, 1.0
    end = 2 ** (bits - 1) - 1
    position = int(np.clip(np.floor(np.log2(largest / end)), -32, 32))
    return position, end * 2.0**position / largest
