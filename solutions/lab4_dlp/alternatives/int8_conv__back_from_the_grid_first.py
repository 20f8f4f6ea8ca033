"""Take both back from the grid and convolve in float64, which is exact here."""


def int8_conv(x, weight, bias, stride, pad, input_quant, weight_quant):
    K = weight.shape[2]
    values = np.pad(x, ((0, 0), (0, 0), (pad, pad), (pad, pad))) * (2.0**input_quant.position / input_quant.scale)
    weights = weight * (2.0**weight_quant.position / weight_quant.scale)
    windows = np.lib.stride_tricks.sliding_window_view(values, (K, K), axis=(2, 3))[:, :, ::stride, ::stride]
    output = np.einsum("nchwij,ocij->nohw", windows, weights) + np.float16(bias)[:, None, None]
    return np.float32(np.float16(output))
