"""The factor 4 is still in the denominator. The square brings a 2, and each feature stands in a row and in a column of
the matrix, which brings another: the 4 is used up.

The divisor of the gradient. Take one channel with one position, so that the Gram matrix is the value x * x. Then
the loss is (x * x - a) ** 2 / 4. What is its derivative, by hand?

Two things happen on the way back, and each brings a factor of 2. The square of the difference gives one: the
derivative of d ** 2 is 2 d. The Gram matrix gives the other: a feature stands on both sides of the product, once as
row and once as column, and since the matrix is symmetric both sides give the same. Two times two is four, and that
is just what the 4 in the loss was put there for.

Leave the 4 out of the divisor; pictures, channels squared and positions squared stay. The picture below the
question then has all points on its line, where they now lie on one that is four times flatter.
"""


@add_to_class(StyleLossLayer)
def backward(self, input_layer, style_layer):
    N, C, H, W = input_layer.shape
    difference = gram_matrix(input_layer) - gram_matrix(style_layer)
    bottom_diff = difference @ input_layer.reshape(N, C, H * W)
    return (bottom_diff / (4 * N * C**2 * (H * W) ** 2)).reshape(N, C, H, W)
