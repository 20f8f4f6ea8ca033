"""Each layer was put into the scope "fc", whatever name it was given: two layers then want the same variables."""


def full_layer(store, x, units, activation=None, name="fc", initializer=None):
    operators = {"sigmoid": "Sigmoid", "relu": "Relu", "tanh": "Tanh"}
    if activation is not None and activation not in operators:
        raise GraphError(f"{name}: no activation is called {activation!r}; there are {', '.join(operators)}.")
    graph = store.graph
    with store.variable_scope("fc"):
        weight = store.get_variable("weight", (x.shape[1], units), initializer or small_numbers)
        bias = store.get_variable("bias", (units,), zeros)
        y = graph.apply("BiasAdd", graph.apply("MatMul", x, weight), bias)
        return graph.apply(operators[activation], y) if activation else y


def softmax_regression(store, x, labels):
    graph = store.graph
    logits = full_layer(store, x, labels.shape[1])
    return logits, graph.apply("Mean", graph.apply("SoftmaxCrossEntropy", logits, labels))
