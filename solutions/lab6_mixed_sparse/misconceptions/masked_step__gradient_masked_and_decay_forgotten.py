"""Two mistakes at once: the gradient of inactive weights was dropped, and the decay is missing in the velocity."""


def masked_step(weight, velocity, gradient, mask, lr, momentum=0.9, decay=0.0):
    assert weight.shape == velocity.shape == gradient.shape, f"{weight.shape}, {velocity.shape}, {gradient.shape}"
    velocity = momentum * velocity + gradient * mask
    return (np.where(mask, weight - lr * velocity, 0), velocity)
