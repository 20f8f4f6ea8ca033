"""The scale leaves out 2 ** position: only together with the shift does it stretch the range to the end of the
grid."""


def quant_param(x, bits=8):
    x = np.asarray(x, dtype=np.float64)
    assert x.size, "no numbers to fit a grid to"
    largest = float(np.abs(x).max())
    if largest == 0:
        return 0, 1.0
    end = 2 ** (bits - 1) - 1
    position = int(np.clip(np.ceil(np.log2(largest / end)), -32, 32))
    return position, end / largest
