"""top_diff becomes float16 before it is scaled: what has vanished cannot be made larger any more.

The order of casting and multiplying. Take an entry of 1e-8 and a scale of 1024 and do both by hand: what is left in
your order, and what in the other one?

The scale is there to lift small gradients above the smallest number that half precision knows, before they are
rounded to it. Once rounded they are 0, and 0 times any scale is 0. The multiplication has to happen where both
factors fit, the tiny gradient as well as the large scale: half precision holds nothing above 65504, and scales may be
larger. Only then is it time for the cast, and it is as harmless as it can be.

Multiply first, while top_diff is still float32, by the scale as it is; then cast the product. On the way back it is
the other way round: first widen, then divide.
"""


def scaled_gradients(net, top_diff, scale):
    gradients = net.backward(top_diff.astype(np.float16) * np.float16(min(scale, 65504)))
    return {name: gradient.astype(np.float32) / scale for name, gradient in gradients.items()}
