"""The old velocity does not count. It counts `momentum` times in the new one."""


def masked_step(weight, velocity, gradient, mask, lr, momentum=0.9, decay=0.0):
    assert weight.shape == velocity.shape == gradient.shape, f"{weight.shape}, {velocity.shape}, {gradient.shape}"
    velocity = gradient + decay * weight
    return (np.where(mask, weight - lr * velocity, 0), velocity)
