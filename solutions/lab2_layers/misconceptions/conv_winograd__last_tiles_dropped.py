"""The number of tiles was rounded down, so rows and columns beyond the last whole 4 x 4 tile stay zero.
Round up, and cut the surplus off at the end."""

def conv_winograd(input, weight, bias):
    N, Cin, H, W = input.shape
    Cout = weight.shape[3]
    assert weight.shape == (Cin, 3, 3, Cout), weight.shape
    down, across = H // 4, W // 4
    padded = np.pad(input, ((0, 0), (0, 0), (1, 1), (1, 1)))

    def both_sides(matrix, tiles):
        m, _, *rest = tiles.shape
        rows = matrix @ tiles.reshape(m, -1)
        return np.matmul(matrix, rows.reshape(len(matrix), m, -1)).reshape(len(matrix), len(matrix), *rest)

    tiles = np.empty((6, 6, Cin, N, down, across), dtype=input.dtype)
    for i in range(6):
        for j in range(6):
            tap = padded[:, :, i : i + 4 * down - 3 : 4, j : j + 4 * across - 3 : 4]
            tiles[i, j] = tap.transpose(1, 0, 2, 3)
    tiles = both_sides(WINOGRAD_BT, tiles.reshape(6, 6, Cin, N * down * across))
    filters = both_sides(WINOGRAD_G, weight.transpose(1, 2, 3, 0))  # (6, 6, Cout, Cin)
    products = np.matmul(filters, tiles)  # 36 matrix products
    output = both_sides(WINOGRAD_AT, products).reshape(4, 4, Cout, N, down, across)
    output = output.transpose(3, 2, 4, 0, 5, 1).reshape(N, Cout, 4 * down, 4 * across)
    whole = np.zeros((N, Cout, H, W), dtype=input.dtype)
    whole[:, :, : 4 * down, : 4 * across] = output
    return whole + bias[:, None, None]
