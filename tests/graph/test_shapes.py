"""Shape functions, against the layers of lab 2 and by hand."""

from __future__ import annotations

import pytest

from aics.graph import GraphError, shapes


@pytest.mark.parametrize(
    ("x", "weight", "stride", "pad", "expected"),
    [
        ((None, 3, 64, 64), (3, 3, 3, 16), 1, 1, (None, 16, 64, 64)),
        ((2, 4, 7, 10), (4, 3, 3, 5), 2, 0, (2, 5, 3, 4)),
        ((1, 2, 8, 11), (2, 5, 5, 3), 3, 2, (1, 3, 3, 4)),
        ((1, 1, 2, 2), (1, 4, 4, 1), 1, 1, (1, 1, 1, 1)),
    ],
)
def test_conv(x, weight, stride, pad, expected):
    assert shapes.conv([x, weight, weight[3:]], {"stride": stride, "pad": pad}) == [expected]


def test_max_pool_flatten_and_fully_connected():
    assert shapes.max_pool([(None, 3, 7, 9)], {"kernel_size": 3, "stride": 2}) == [(None, 3, 3, 4)]
    assert shapes.flatten([(None, 2, 3, 4)], {}) == [(None, 24)]
    assert shapes.fully_connected([(None, 24), (24, 5), (1, 5)], {}) == [(None, 5)]
    assert shapes.same([(None, 5)], {}) == [(None, 5)]


@pytest.mark.parametrize(
    ("function", "given", "attributes"),
    [
        (shapes.conv, [(1, 3, 8, 8), (4, 3, 3, 2), (2,)], {"stride": 1, "pad": 0}),
        (shapes.conv, [(1, 3, 8, 8), (3, 3, 2, 2), (2,)], {"stride": 1, "pad": 0}),
        (shapes.conv, [(1, 3, 8, 8), (3, 3, 3, 2), (3,)], {"stride": 1, "pad": 0}),
        (shapes.conv, [(1, 3, 8, 8), (3, 3, 3, 2), (1, 2)], {"stride": 1, "pad": 0}),
        (shapes.conv, [(1, 3, 8, 2), (3, 5, 5, 2), (2,)], {"stride": 1, "pad": 1}),
        (shapes.max_pool, [(1, 24)], {"kernel_size": 2, "stride": 2}),
        (shapes.max_pool, [(1, 3, 1, 8)], {"kernel_size": 2, "stride": 2}),
        (shapes.flatten, [(1, 24)], {}),
        (shapes.fully_connected, [(1, 24), (25, 5), (1, 5)], {}),
        (shapes.fully_connected, [(1, 24), (24, 5), (5,)], {}),
    ],
)
def test_shapes_that_do_not_fit_are_refused(function, given, attributes):
    with pytest.raises(GraphError, match=r"must|fit"):
        function(given, attributes)
