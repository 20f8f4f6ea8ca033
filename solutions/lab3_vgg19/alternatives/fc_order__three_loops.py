"""Row by row."""

def fc_order(weight, shape):
    C, H, W = shape
    reordered = np.zeros_like(weight)
    for c in range(C):
        for h in range(H):
            for w in range(W):
                reordered[(c * H + h) * W + w] = weight[(h * W + w) * C + c]
    return reordered
