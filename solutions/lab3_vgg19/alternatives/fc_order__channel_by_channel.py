"""Every C-th row belongs to one channel."""

def fc_order(weight, shape):
    return np.concatenate([weight[c :: shape[0]] for c in range(shape[0])])
