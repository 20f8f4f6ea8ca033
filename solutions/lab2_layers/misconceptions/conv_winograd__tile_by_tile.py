"""The values are right, but Python handles every tile and every filter one by one. At each of the 36
positions in a tile all channels and all tiles make one matrix product."""
# slow

def conv_winograd(input, weight, bias):
    N, Cin, H, W = input.shape
    Cout = weight.shape[3]
    down, across = -(-H // 4), -(-W // 4)  # tiles: sides divided by 4, rounded up
    padded = np.pad(input, ((0, 0), (0, 0), (1, 4 * down + 1 - H), (1, 4 * across + 1 - W)))
    filters = np.empty((Cin, 6, 6, Cout), dtype=weight.dtype)
    for cin in range(Cin):
        for cout in range(Cout):
            filters[cin, :, :, cout] = WINOGRAD_G @ weight[cin, :, :, cout] @ WINOGRAD_G.T
    output = np.empty((N, Cout, 4 * down, 4 * across), dtype=input.dtype)
    for n in range(N):
        for h in range(0, 4 * down, 4):
            for w in range(0, 4 * across, 4):
                tile = WINOGRAD_BT @ padded[n, :, h : h + 6, w : w + 6] @ WINOGRAD_BT.T
                for cout in range(Cout):
                    product = np.sum(tile * filters[..., cout], axis=0)
                    output[n, cout, h : h + 4, w : w + 4] = WINOGRAD_AT @ product @ WINOGRAD_AT.T
    return output[:, :, :H, :W] + bias[:, None, None]
