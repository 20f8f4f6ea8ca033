"""Scales as powers of two, by the exponent alone."""

def scaled_gradients(net, top_diff, scale):
    power = int(np.log2(scale))
    down = net.backward(np.ldexp(top_diff, power).astype(np.float16))
    return dict(zip(down, (np.ldexp(g.astype(np.float32), -power) for g in down.values()), strict=True))
