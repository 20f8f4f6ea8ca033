"""Draws below the limit are told by Step, and the scale is a constant."""

def dropout(graph, x, rate, is_training, seed=0):
    """Drop the fraction `rate` of x in training, and scale up the rest; in use, x.

    x : any shape, float32; rate in [0, 1); is_training : (), bool  ->  tensor of x's shape
    """
    with graph.name_scope("dropout"):
        draws = graph.apply("RandomUniform", x, seed=seed)
        mask = graph.apply("Step", graph.apply("Shift", draws, by=-rate))
        dropped = graph.apply("Div", graph.apply("Mul", x, mask), graph.apply("Const", value=np.float32(1 - rate)))
        return graph.apply("Select", is_training, dropped, x)
