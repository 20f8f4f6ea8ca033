"""The logarithm is rounded to the nearest integer. Where that is downwards, the scale falls below 1: the
position must be rounded up.

The line that rounds the logarithm to an integer. Take a largest magnitude of 150 and 8 bits: 150 / 127 is 1.18,
and its logarithm to base 2 is 0.24. Which position do you get, and does 150 fit on the grid then, before the scale
helps?

The position says how long a step of the grid is, as a power of two, and the grid has 127 steps on each side. If the
step is too short, the largest values lie beyond the end and are cut off. If it is longer than it needs to be,
nothing is lost but a little precision, and the scale gets that back. So of the two neighbouring integers only
the upper one is safe.

Round the logarithm up, whatever stands behind its point, and make an int of it. The limits -32 and 32 come after
that, and the scale is computed last, from that position.
"""


def quant_param(x, bits=8):
    x = np.asarray(x, dtype=np.float64)
    assert x.size, "no numbers to fit a grid to"
    largest = float(np.abs(x).max())
    if largest == 0:
        return 0, 1.0
    end = 2 ** (bits - 1) - 1
    position = int(np.clip(np.rint(np.log2(largest / end)), -32, 32))
    return position, end * 2.0**position / largest
