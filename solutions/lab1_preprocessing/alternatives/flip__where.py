"""A choice between two whole batches, coins by rng.binomial."""

def flip(images, rng, p=0.5):
    coins = rng.binomial(1, p, size=(len(images), 1, 1, 1)).astype(bool)
    return np.where(coins, np.flip(images, axis=2), images)
