"""Takes the largest inactive momentum, one at a time."""


def regrow(mask, momentum, count):
    pull = np.where(mask, -1.0, np.abs(momentum).astype(np.float64)).reshape(-1)
    new = mask.flatten()
    for _ in range(int(count)):
        k = int(np.argmax(pull))
        new[k] = True
        pull[k] = -1.0
    return new.reshape(mask.shape)
