"""Draws beyond 2 stddev were drawn again once, and 0.2 % of all numbers still lie outside. Draw until none
does."""

def fans(shape):
    """How many terms a sum has, forward and back; shape (in, out) or (Cin, K, K, Cout)  ->  (fan_in, fan_out)."""
    window = shape[1] * shape[2] if len(shape) == 4 else 1
    return shape[0] * window, shape[-1] * window


def truncated_normal(shape, rng, mean=0.0, stddev=1.0):
    """Normal, but what lies more than 2 stddev from the mean is drawn again  ->  float32 array."""
    values = rng.normal(size=shape)
    outside = np.abs(values) > 2
    values[outside] = rng.normal(size=outside.sum())
    return (mean + stddev * values).astype(np.float32)


def xavier(shape, rng):
    """Uniform between -sqrt(6 / (fan_in + fan_out)) and its opposite  ->  float32 array."""
    end = np.sqrt(6 / sum(fans(shape)))
    return rng.uniform(-end, end, shape).astype(np.float32)


def he(shape, rng):
    """Normal, with standard deviation sqrt(2 / fan_in)  ->  float32 array."""
    return rng.normal(0, np.sqrt(2 / fans(shape)[0]), shape).astype(np.float32)


def filled(shape, value):
    """The same number everywhere  ->  float32 array."""
    return np.full(shape, value, np.float32)
