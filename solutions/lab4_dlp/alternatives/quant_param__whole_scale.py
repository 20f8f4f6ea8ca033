"""A scale of 1, a whole number, where there is nothing to scale; both in a list."""

def quant_param(x, bits=8):
    x = np.asarray(x, dtype=np.float64)
    largest = np.abs(x).max()
    if largest == 0:
        return [np.array(0), 1]
    end = 2 ** (bits - 1) - 1
    position = np.int64(np.clip(np.ceil(np.log2(largest / end)), -32, 32))
    return [position, np.array(end * 2.0**position / largest)]
