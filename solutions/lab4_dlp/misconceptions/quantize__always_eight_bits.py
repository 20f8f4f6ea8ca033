"""The values are clipped to the range from -128 to 127, whatever bits says."""


def quantize(x, position, scale, bits=8):
    assert 2 <= bits <= 8, bits
    end = 128
    q = np.rint(x * (scale / 2.0**position))
    return np.clip(q, -end, end - 1).astype(np.int8)
