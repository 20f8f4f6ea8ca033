"""moveaxis and the rows put together again by concatenate."""


def fc_order(weight, shape):
    C, H, W = shape
    cube = np.moveaxis(weight.reshape((H, W, C, weight.shape[1])), 2, 0)
    return cube.reshape(-1, weight.shape[1]).copy()
