"""dbias has a row for each example. One bias serves all of them, so their gradients are added up."""


def lstm_step(x, h, c, weight, bias):
    both = np.hstack([x, h])
    i, f, g, o = np.split(both @ weight + bias, 4, axis=1)
    i, f, g, o = sigmoid(i), sigmoid(f + 1), np.tanh(g), sigmoid(o)
    c_new = f * c + i * g
    bent = np.tanh(c_new)
    return o * bent, c_new, (both, weight, i, f, g, o, c, bent)


def lstm_step_backward(dh, dc, kept):
    both, weight, i, f, g, o, c, bent = kept
    dc = dc + dh * o * (1 - bent**2)
    di, df, dg, do = dc * g, dc * c, dc * i, dh * bent
    dz = np.hstack([di * i * (1 - i), df * f * (1 - f), dg * (1 - g**2), do * o * (1 - o)])
    dboth = dz @ weight.T
    inputs = both.shape[1] - dh.shape[1]
    return dboth[:, :inputs], dboth[:, inputs:], dc * f, both.T @ dz, dz
