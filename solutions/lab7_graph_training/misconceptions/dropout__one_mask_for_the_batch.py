"""One mask was drawn for all rows of the batch: each example loses the same units (or maps). Each number has
a draw of its own: draw in x's whole shape."""

def dropout(graph, x, rate, is_training, seed=0):
    """Drop the fraction `rate` of x in training, and scale up the rest; in use, x.

    x : any shape, float32; rate in [0, 1); is_training : (), bool  ->  tensor of x's shape
    """
    with graph.name_scope("dropout"):
        row = graph.apply("RandomUniform", graph.apply("ChannelMean", x), seed=seed)
        draws = graph.apply("PerChannel", row, x)
        mask = graph.apply("Floor", graph.apply("Shift", draws, by=1 - rate), name="mask")
        dropped = graph.apply("Scale", graph.apply("Mul", x, mask), by=1 / (1 - rate), name="dropped")
        return graph.apply("Select", is_training, dropped, x)
