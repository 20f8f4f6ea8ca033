"""The truncated normal is the quantile function of uniform draws, number by number; fans by products."""

def fans(shape):
    """How many terms a sum has, forward and back; shape (in, out) or (Cin, K, K, Cout)  ->  (fan_in, fan_out)."""
    window = int(np.prod(shape[1:-1]))
    return int(shape[0]) * window, window * int(shape[-1])


def truncated_normal(shape, rng, mean=0.0, stddev=1.0):
    """Normal, but what lies more than 2 stddev from the mean is drawn again  ->  float32 array."""
    from statistics import NormalDist

    normal = NormalDist()
    shares = rng.uniform(normal.cdf(-2), normal.cdf(2), int(np.prod(shape)))
    values = np.array([normal.inv_cdf(share) for share in shares]).reshape(shape)
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
