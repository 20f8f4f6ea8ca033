"""Gradient and decay of inactive weights were both dropped. The velocity of inactive weights must keep growing: it says
later where a weight is missing. Only the weight itself stays at 0."""


def masked_step(weight, velocity, gradient, mask, lr, momentum=0.9, decay=0.0):
    assert weight.shape == velocity.shape == gradient.shape, f"{weight.shape}, {velocity.shape}, {gradient.shape}"
    velocity = momentum * velocity + (gradient + decay * weight) * mask
    return (np.where(mask, weight - lr * velocity, 0), velocity)
