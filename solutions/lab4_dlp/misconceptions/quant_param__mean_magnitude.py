"""The grid was fitted to the mean magnitude, so that the larger values do not fit. The largest magnitude decides."""


def quant_param(x, bits=8):
    x = np.asarray(x, dtype=np.float64)
    assert x.size, "no numbers to fit a grid to"
    largest = float(np.abs(x).mean())
    if largest == 0:
        return (0, 1.0)
    end = 2 ** (bits - 1) - 1
    position = int(np.clip(np.ceil(np.log2(largest / end)), -32, 32))
    return (position, end * 2.0**position / largest)
