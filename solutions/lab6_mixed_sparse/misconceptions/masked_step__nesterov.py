"""The step looks ahead, as Nesterov's does. Here it is simply lr times the new velocity."""


def masked_step(weight, velocity, gradient, mask, lr, momentum=0.9, decay=0.0):
    assert weight.shape == velocity.shape == gradient.shape, f"{weight.shape}, {velocity.shape}, {gradient.shape}"
    velocity = momentum * velocity + gradient + decay * weight
    return (np.where(mask, weight - lr * (gradient + momentum * velocity), 0), velocity)
