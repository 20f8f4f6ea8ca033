"""The variables were made by store.variable, which makes a new one each time and keeps it under no name. By
store.get_variable they can be found again, and shared."""


def full_layer(store, x, units, activation=None, name="fc", initializer=None):
    operators = {"sigmoid": "Sigmoid", "relu": "Relu", "tanh": "Tanh"}
    if activation is not None and activation not in operators:
        raise GraphError(f"{name}: no activation is called {activation!r}; there are {', '.join(operators)}.")
    graph = store.graph
    with store.variable_scope(name):
        first = (initializer or small_numbers)((x.shape[1], units))
        weight = store.variable(first, "weight")
        bias = store.variable(zeros((units,)), "bias")
        y = graph.apply("BiasAdd", graph.apply("MatMul", x, weight), bias)
        return graph.apply(operators[activation], y) if activation else y


def softmax_regression(store, x, labels):
    graph = store.graph
    logits = full_layer(store, x, labels.shape[1])
    return logits, graph.apply("Mean", graph.apply("SoftmaxCrossEntropy", logits, labels))
