"""Two mistakes at once: inactive weights are moved as well, and the decay is missing in the velocity."""


def masked_step(weight, velocity, gradient, mask, lr, momentum=0.9, decay=0.0):
    assert weight.shape == velocity.shape == gradient.shape, f"{weight.shape}, {velocity.shape}, {gradient.shape}"
    velocity = momentum * velocity + gradient
    return (weight - lr * velocity, velocity)
