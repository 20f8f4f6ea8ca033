"""The mask was drawn by NumPy while the graph was built: it is the same in each run for ever. An operator
draws it anew in each run."""

def dropout(graph, x, rate, is_training, seed=0):
    """Drop the fraction `rate` of x in training, and scale up the rest; in use, x.

    x : any shape, float32; rate in [0, 1); is_training : (), bool  ->  tensor of x's shape
    """
    with graph.name_scope("dropout"):
        sizes = [1 if size is None else size for size in x.shape]
        draws = graph.apply("Const", value=np.random.default_rng(seed).random(sizes, np.float32))
        mask = graph.apply("Floor", graph.apply("Shift", draws, by=1 - rate), name="mask")
        dropped = graph.apply("Scale", graph.apply("Mul", x, mask), by=1 / (1 - rate), name="dropped")
        return graph.apply("Select", is_training, dropped, x)
