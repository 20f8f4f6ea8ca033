"""Loops over images and output positions; integer dot products with flat kernels."""


def int8_conv(x, weight, bias, stride, pad, input_quant, weight_quant):
    N, C, H, W = x.shape
    Cout, _, K, _ = weight.shape
    Ho, Wo = (H + 2 * pad - K) // stride + 1, (W + 2 * pad - K) // stride + 1
    big = np.zeros((N, C, H + 2 * pad, W + 2 * pad), dtype=np.int32)
    big[:, :, pad : pad + H, pad : pad + W] = x
    flat = weight.reshape(Cout, -1).astype(np.int32)
    sums = np.zeros((N, Cout, Ho, Wo))
    for n in range(N):
        for i in range(Ho):
            for j in range(Wo):
                patch = big[n, :, i * stride : i * stride + K, j * stride : j * stride + K].ravel()
                sums[n, :, i, j] = flat @ patch
    power = 2.0 ** (input_quant.position + weight_quant.position)
    sums = sums * power / (input_quant.scale * weight_quant.scale)
    sums += bias.astype(np.float16)[:, None, None]
    return sums.astype(np.float16).astype(np.float32)
