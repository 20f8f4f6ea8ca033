"""The mean is a sum divided by a count; the operators stand outside the scope, the variables inside."""


def full_layer(store, x, units, activation=None, name="fc", initializer=None):
    operators = {"sigmoid": "Sigmoid", "relu": "Relu", "tanh": "Tanh"}
    if activation is not None and activation not in operators:
        raise GraphError(f"{name}: no activation is called {activation!r}; there are {', '.join(operators)}.")
    graph = store.graph
    with store.variable_scope(name):
        weight = store.get_variable("weight", (x.shape[1], units), initializer or small_numbers)
        bias = store.get_variable("bias", (units,), zeros)
    y = graph.apply("BiasAdd", graph.apply("MatMul", x, weight), bias)
    return graph.apply(operators[activation], y) if activation else y


def softmax_regression(store, x, labels):
    graph = store.graph
    logits = full_layer(store, x, labels.shape[1])
    losses = graph.apply("SoftmaxCrossEntropy", logits, labels)
    return logits, graph.apply("Div", graph.apply("Sum", losses), graph.apply("Count", losses))
