"""The arrays that were passed in are changed. Return new ones: the caller may want to go back."""

def masked_step(weight, velocity, gradient, mask, lr, momentum=0.9, decay=0.0):
    velocity *= momentum
    velocity += gradient + decay * weight
    weight -= lr * velocity
    weight *= mask
    return weight, velocity
