"""127 is written into the code, whatever bits says. With 4 bits the grid ends at 7."""


def quant_param(x, bits=8):
    x = np.asarray(x, dtype=np.float64)
    assert x.size, "no numbers to fit a grid to"
    largest = float(np.abs(x).max())
    if largest == 0:
        return 0, 1.0
    end = 127
    position = int(np.clip(np.ceil(np.log2(largest / end)), -32, 32))
    return position, end * 2.0**position / largest
