"""Neither the bias nor the output was rounded to FP16. On the card both are held in FP16."""


def int8_conv(x, weight, bias, stride, pad, input_quant, weight_quant):
    N, _, H, W = x.shape
    Cout, _, K, _ = weight.shape
    Ho, Wo = ((H + 2 * pad - K) // stride + 1, (W + 2 * pad - K) // stride + 1)
    padded = np.pad(x, ((0, 0), (0, 0), (pad, pad), (pad, pad))).astype(np.int32)
    total = np.zeros((N, Cout, Ho, Wo), dtype=np.int32)
    for i in range(K):
        for j in range(K):
            shifted = padded[:, :, i : i + Ho * stride : stride, j : j + Wo * stride : stride][:, :, :Ho, :Wo]
            total += np.einsum("nchw,oc->nohw", shifted, weight[:, :, i, j].astype(np.int32))
    worth = 2.0 ** (input_quant.position + weight_quant.position) / (input_quant.scale * weight_quant.scale)
    output = total * worth + bias.astype(np.float64)[:, None, None]
    return output.astype(np.float32)
