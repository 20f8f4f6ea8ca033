"""The mask is scaled and chosen, ones in use, and x multiplied at the end."""

def dropout(graph, x, rate, is_training, seed=0):
    """Drop the fraction `rate` of x in training, and scale up the rest; in use, x.

    x : any shape, float32; rate in [0, 1); is_training : (), bool  ->  tensor of x's shape
    """
    with graph.name_scope("dropout"):
        draws = graph.apply("RandomUniform", x, seed=seed)
        mask = graph.apply("Floor", graph.apply("Shift", draws, by=1 - rate), name="mask")
        scaled = graph.apply("Scale", mask, by=1 / (1 - rate))
        one = graph.apply("Const", value=np.ones((), np.float32))
        return graph.apply("Mul", x, graph.apply("Select", is_training, scaled, graph.apply("Fill", one, x)))
