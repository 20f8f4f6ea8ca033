"""The grid is taken to end at 2 ** bits - 1, as if there were no sign. One of the bits is the sign, so half of
the levels lie below zero."""


def quant_param(x, bits=8):
    x = np.asarray(x, dtype=np.float64)
    assert x.size, "no numbers to fit a grid to"
    largest = float(np.abs(x).max())
    if largest == 0:
        return 0, 1.0
    end = 2**bits - 1
    position = int(np.clip(np.ceil(np.log2(largest / end)), -32, 32))
    return position, end * 2.0**position / largest
