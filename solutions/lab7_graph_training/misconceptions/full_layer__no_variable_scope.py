"""The variables are in no scope of the layer: they are called weight and bias, as those of the next layer. A name scope
of the graph names nodes only, the store does not hear of it; store.variable_scope(name) is the one that variables
follow."""


def full_layer(store, x, units, activation=None, name="fc", initializer=None):
    operators = {"sigmoid": "Sigmoid", "relu": "Relu", "tanh": "Tanh"}
    if activation is not None and activation not in operators:
        raise GraphError(f"{name}: no activation is called {activation!r}; there are {', '.join(operators)}.")
    graph = store.graph
    with graph.name_scope(name):
        weight = store.get_variable("weight", (x.shape[1], units), initializer or small_numbers)
        bias = store.get_variable("bias", (units,), zeros)
        y = graph.apply("BiasAdd", graph.apply("MatMul", x, weight), bias)
        return graph.apply(operators[activation], y) if activation else y


def softmax_regression(store, x, labels):
    graph = store.graph
    logits = full_layer(store, x, labels.shape[1])
    return logits, graph.apply("Mean", graph.apply("SoftmaxCrossEntropy", logits, labels))
