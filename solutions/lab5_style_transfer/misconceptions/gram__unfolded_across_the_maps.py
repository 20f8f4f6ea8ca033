"""reshape to [N, H W, C] moves nothing: a column then holds values of several maps. Unfold to [N, C, H W], and
transpose where axes have to be exchanged.

The reshape. Take two maps of one row and two positions, the first with 1 and 2, the second with 3 and 4. Each column
of your unfolded array should be one map: what stands in the first one?

A Gram matrix compares maps: each of them should become one vector that holds its values at all positions. In memory
they lie map by map. A reshape keeps that order, so it can join rows and columns into one axis of positions, for these
lie side by side. To put positions before maps, values would have to move, and no reshape does that. The result has
the right shape all the same, and the matrix is even symmetric: only its values tell.

Unfold in the order in which the values lie: pictures, maps, positions. In the product, one of the two factors then
needs its last two axes exchanged. Choose the one with which pairs of maps come out.
"""


def gram_matrix(features):
    N, C, H, W = features.shape
    columns = features.reshape(N, H * W, C)
    return columns.transpose(0, 2, 1) @ columns
