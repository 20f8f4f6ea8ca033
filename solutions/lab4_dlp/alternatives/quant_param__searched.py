"""Try one power of two after another."""


def quant_param(x, bits=8):
    end = 2.0 ** (bits - 1) - 1
    largest = max(abs(float(value)) for value in np.ravel(x))
    if not largest:
        return 0, 1.0
    position = -32
    while position < 32 and end * 2.0**position < largest:
        position += 1
    return position, end / largest * 2.0**position
