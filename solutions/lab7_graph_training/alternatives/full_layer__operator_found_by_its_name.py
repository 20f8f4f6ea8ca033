"""The operator's name is made of the activation's."""


def full_layer(store, x, units, activation=None, name="fc", initializer=None):
    known = ("sigmoid", "relu", "tanh")
    if activation not in (None, *known):
        raise GraphError(f"{name}: no activation is called {activation!r}; there are {', '.join(known)}.")
    graph = store.graph
    with store.variable_scope(name):
        weight = store.get_variable("weight", (x.shape[1], units), initializer or small_numbers)
        bias = store.get_variable("bias", (units,), zeros)
        y = graph.apply("BiasAdd", graph.apply("MatMul", x, weight), bias)
        return graph.apply(activation.title(), y) if activation else y


def softmax_regression(store, x, labels):
    graph = store.graph
    logits = full_layer(store, x, labels.shape[1])
    return logits, graph.apply("Mean", graph.apply("SoftmaxCrossEntropy", logits, labels))
