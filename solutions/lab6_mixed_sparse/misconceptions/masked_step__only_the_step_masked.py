"""Inactive weights do not move, but they keep their values. They must be 0, even where the weight that was
passed in was not."""

def masked_step(weight, velocity, gradient, mask, lr, momentum=0.9, decay=0.0):
    velocity = momentum * velocity + gradient + decay * weight
    return weight - lr * velocity * mask, velocity
