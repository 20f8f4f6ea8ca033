"""The slope of the gates was taken as z * (1 - z). The formula s * (1 - s) wants what came out of the sigmoid, not what
went in."""


def lstm_step(x, h, c, weight, bias):
    both = np.hstack([x, h])
    z = np.split(both @ weight + bias, 4, axis=1)
    i, f, g, o = z
    i, f, g, o = sigmoid(i), sigmoid(f + 1), np.tanh(g), sigmoid(o)
    c_new = f * c + i * g
    bent = np.tanh(c_new)
    return o * bent, c_new, (both, weight, i, f, g, o, c, bent, z)


def lstm_step_backward(dh, dc, kept):
    both, weight, i, f, g, o, c, bent, z = kept
    dc = dc + dh * o * (1 - bent**2)
    di, df, dg, do = dc * g, dc * c, dc * i, dh * bent
    zi, zf, _, zo = z
    dz = np.hstack([di * zi * (1 - zi), df * zf * (1 - zf), dg * (1 - g**2), do * zo * (1 - zo)])
    dboth = dz @ weight.T
    inputs = both.shape[1] - dh.shape[1]
    return dboth[:, :inputs], dboth[:, inputs:], dc * f, both.T @ dz, dz.sum(axis=0)
