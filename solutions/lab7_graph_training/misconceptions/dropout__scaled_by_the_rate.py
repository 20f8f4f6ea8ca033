"""What is kept was multiplied by 1 / rate. The fraction that is kept is 1 - rate, and its inverse makes up for
the rest."""

def dropout(graph, x, rate, is_training, seed=0):
    """Drop the fraction `rate` of x in training, and scale up the rest; in use, x.

    x : any shape, float32; rate in [0, 1); is_training : (), bool  ->  tensor of x's shape
    """
    with graph.name_scope("dropout"):
        draws = graph.apply("RandomUniform", x, seed=seed)
        mask = graph.apply("Floor", graph.apply("Shift", draws, by=1 - rate), name="mask")
        dropped = graph.apply("Scale", graph.apply("Mul", x, mask), by=1 / rate, name="dropped")
        return graph.apply("Select", is_training, dropped, x)
