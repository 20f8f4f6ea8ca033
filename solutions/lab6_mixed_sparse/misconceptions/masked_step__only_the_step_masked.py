"""Inactive weights do not move, but what they are stays. They must be 0, also where the weight that came in was
not."""

def masked_step(weight, velocity, gradient, mask, lr, momentum=0.9, decay=0.0):
    velocity = momentum * velocity + gradient + decay * weight
    return weight - lr * velocity * mask, velocity
