"""One window at a time, in plain 64-bit integers."""


def int8_conv(x, weight, bias, stride, pad, input_quant, weight_quant):
    N, _, H, W = x.shape
    Cout, _, K, _ = weight.shape
    Ho, Wo = (H + 2 * pad - K) // stride + 1, (W + 2 * pad - K) // stride + 1
    wide = np.pad(x.astype(np.int64), ((0, 0), (0, 0), (pad, pad), (pad, pad)))
    step = 2.0**input_quant.position / input_quant.scale * 2.0**weight_quant.position / weight_quant.scale
    output = np.zeros((N, Cout, Ho, Wo), dtype=np.float32)
    for n, o, h, w in np.ndindex(output.shape):
        window = wide[n, :, h * stride : h * stride + K, w * stride : w * stride + K]
        output[n, o, h, w] = np.float16(np.sum(window * weight[o]) * step + float(np.float16(bias[o])))
    return output
