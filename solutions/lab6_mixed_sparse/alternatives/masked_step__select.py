"""np.select between moving and staying; the velocity written out."""


def masked_step(weight, velocity, gradient, mask, lr, momentum=0.9, decay=0.0):
    total = gradient if decay == 0 else gradient + decay * weight
    velocity = np.add(np.multiply(momentum, velocity), total)
    moved = np.subtract(weight, np.multiply(lr, velocity))
    return np.select([mask], [moved], default=np.zeros_like(moved)), velocity
