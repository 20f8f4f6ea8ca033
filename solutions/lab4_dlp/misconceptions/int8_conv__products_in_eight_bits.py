"""Products and sums stay int8 and wrap around at 128. Widen x and weight before they are multiplied.

The dtype of the two arrays at the moment when they are multiplied. Multiply `np.int8(100)` by `np.int8(2)` in a
cell of its own: what comes out?

NumPy keeps the type of its inputs. A product of two bytes is a byte again, and what does not fit into -128 to 127
wraps around, without a word. Real chips multiply bytes too, but each product goes straight into a wide register: 8
bits times 8 bits need up to 16, and a sum of thousands of them up to 32. The saving is in what is fetched from
memory, not in the sums.

Make both arrays wide before they meet, the window as well as the weight. Widening the result comes too late: what
has wrapped around stays wrong. An integer type is better than float32 here, which is exact only up to 2 ** 24.
"""


def int8_conv(x, weight, bias, stride, pad, input_quant, weight_quant):
    N, _, H, W = x.shape
    Cout, _, K, _ = weight.shape
    Ho, Wo = (H + 2 * pad - K) // stride + 1, (W + 2 * pad - K) // stride + 1
    padded = np.pad(x, ((0, 0), (0, 0), (pad, pad), (pad, pad)))
    total = np.zeros((N, Cout, Ho, Wo), dtype=np.int8)
    for i in range(K):
        for j in range(K):
            shifted = padded[:, :, i : i + Ho * stride : stride, j : j + Wo * stride : stride][:, :, :Ho, :Wo]
            total += np.einsum("nchw,oc->nohw", shifted, weight[:, :, i, j])
    worth = 2.0 ** (input_quant.position + weight_quant.position) / (input_quant.scale * weight_quant.scale)
    output = total * worth + bias.astype(np.float16).astype(np.float64)[:, None, None]
    return output.astype(np.float16).astype(np.float32)
