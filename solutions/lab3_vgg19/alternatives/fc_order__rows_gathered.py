"""The number of every row, reordered, gathers the rows."""

def fc_order(weight, shape):
    C, H, W = shape
    rows = np.arange(C * H * W).reshape(H, W, C)
    return weight[np.moveaxis(rows, -1, 0).ravel()]
