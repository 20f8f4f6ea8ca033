"""Inactive weights move as well. They must be exactly 0 after each step."""

def masked_step(weight, velocity, gradient, mask, lr, momentum=0.9, decay=0.0):
    velocity = momentum * velocity + gradient + decay * weight
    return weight - lr * velocity, velocity
