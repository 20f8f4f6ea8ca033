"""The mask as a factor."""

def masked_step(weight, velocity, gradient, mask, lr, momentum=0.9, decay=0.0):
    pull = gradient + decay * weight
    moved = momentum * velocity + pull
    return (weight - lr * moved) * mask, moved
