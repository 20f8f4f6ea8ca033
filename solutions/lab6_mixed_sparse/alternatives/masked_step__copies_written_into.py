"""Copies that are written into."""

def masked_step(weight, velocity, gradient, mask, lr, momentum=0.9, decay=0.0):
    weight, velocity = weight.copy(), velocity.copy()
    velocity *= momentum
    velocity += gradient
    velocity += decay * weight
    weight -= lr * velocity
    weight[np.logical_not(mask)] = 0.0
    return weight, velocity
