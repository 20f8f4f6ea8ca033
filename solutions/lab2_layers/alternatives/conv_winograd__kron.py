"""F(4x4,3x3) with the two-sided transforms as one Kronecker product each, and a loop over the 36
products."""

def conv_winograd(input, weight, bias):
    N, Cin, H, W = input.shape
    Cout = weight.shape[3]
    down, across = -(-H // 4), -(-W // 4)
    padded = np.pad(input, ((0, 0), (0, 0), (1, 4 * down + 1 - H), (1, 4 * across + 1 - W)))
    windows = np.lib.stride_tricks.sliding_window_view(padded, (6, 6), axis=(2, 3))[:, :, ::4, ::4]
    tiles = np.kron(WINOGRAD_BT, WINOGRAD_BT) @ windows.transpose(4, 5, 1, 0, 2, 3).reshape(36, -1)
    filters = np.kron(WINOGRAD_G, WINOGRAD_G) @ weight.transpose(1, 2, 0, 3).reshape(9, -1)
    tiles, filters = tiles.reshape(36, Cin, -1), filters.reshape(36, Cin, Cout)
    products = np.empty((36, Cout, tiles.shape[2]), dtype=tiles.dtype)
    for place in range(36):
        products[place] = filters[place].T @ tiles[place]
    output = np.kron(WINOGRAD_AT, WINOGRAD_AT) @ products.reshape(36, -1)
    output = output.reshape(4, 4, Cout, N, down, across).transpose(3, 2, 4, 0, 5, 1)
    return output.reshape(N, Cout, 4 * down, 4 * across)[:, :, :H, :W] + bias[:, None, None]
