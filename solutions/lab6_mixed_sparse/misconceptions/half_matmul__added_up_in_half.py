"""The sums are kept in half precision: small terms are lost as soon as the sum is large, and sums leave the range on the way.

The dtype of the running sum. In a cell of its own, begin with `np.float16(0)` and add `np.float16(1)` three thousand
times. Where does the sum stop, and why there?

Half precision has eleven binary digits, however large the value is. Beside a large sum its neighbours lie so far
apart that a small term changes nothing: the term is right, and it is lost all the same, as are all that follow. That
is why tensor cores take halves as factors and add up in float32. There is room for the small beside the large, and a
sum whose final value fits does not leave the range on the way.

Keep the sum in float32, and widen both factors before they are multiplied, not their product. Round to float16 once,
when the whole sum is there.
"""


def half_matmul(a, b):
    total = np.zeros((a.shape[0], b.shape[1]), np.float16)
    for k in range(a.shape[1]):
        total = total + a[:, k, None] * b[None, k]
    return total
