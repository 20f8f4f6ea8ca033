"""The draws are compared with the rate, and the bools cast."""

def dropout(graph, x, rate, is_training, seed=0):
    """Drop the fraction `rate` of x in training, and scale up the rest; in use, x.

    x : any shape, float32; rate in [0, 1); is_training : (), bool  ->  tensor of x's shape
    """
    with graph.name_scope("dropout"):
        draws = graph.apply("RandomUniform", x, seed=seed)
        limit = graph.apply("Const", value=np.array(rate, np.float32))
        mask = graph.apply("Cast", graph.apply("Greater", draws, limit), dtype="float32")
        dropped = graph.apply("Scale", graph.apply("Mul", x, mask), by=1 / (1 - rate), name="dropped")
        return graph.apply("Select", is_training, dropped, x)
