"""Each gate has its own columns of the matrix; what is kept is a dict, in float64."""


def lstm_step(x, h, c, weight, bias):
    both = np.hstack([x, h])
    wide = both.astype(np.float64)
    i, f, g, o = (wide @ columns + part for columns, part in zip(np.split(weight, 4, 1), np.split(bias, 4), strict=True))
    i, f, g, o = sigmoid(i), sigmoid(f + 1), np.tanh(g), sigmoid(o)
    c_new = f * c + i * g
    bent = np.tanh(c_new)
    return o * bent, c_new, dict(both=both, weight=weight, i=i, f=f, g=g, o=o, c=c, bent=bent)


def lstm_step_backward(dh, dc, kept):
    both, weight, i, f, g, o, c, bent = kept.values()
    dc = dc + dh * o * (1 - bent**2)
    di, df, dg, do = dc * g, dc * c, dc * i, dh * bent
    dz = np.hstack([di * i * (1 - i), df * f * (1 - f), dg * (1 - g**2), do * o * (1 - o)])
    dboth = dz @ weight.T
    inputs = both.shape[1] - dh.shape[1]
    return dboth[:, :inputs], dboth[:, inputs:], dc * f, both.T @ dz, dz.sum(axis=0)
