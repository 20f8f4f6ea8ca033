"""The scale is computed from a position that is not yet clipped to the range from -32 to 32. Both must use the
same position."""


def quant_param(x, bits=8):
    x = np.asarray(x, dtype=np.float64)
    assert x.size, "no numbers to fit a grid to"
    largest = float(np.abs(x).max())
    if largest == 0:
        return 0, 1.0
    end = 2 ** (bits - 1) - 1
    position = int(np.ceil(np.log2(largest / end)))
    scale = end * 2.0**position / largest
    return min(max(position, -32), 32), scale
