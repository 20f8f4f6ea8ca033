"""The bias is spread with PerChannel and added."""


def full_layer(store, x, units, activation=None, name="fc", initializer=None):
    operators = {"sigmoid": "Sigmoid", "relu": "Relu", "tanh": "Tanh"}
    if activation is not None and activation not in operators:
        raise GraphError(f"{name}: no activation is called {activation!r}; there are {', '.join(operators)}.")
    graph = store.graph
    with store.variable_scope(name):
        weight = store.get_variable("weight", (x.shape[1], units), initializer or small_numbers)
        bias = store.get_variable("bias", (units,), zeros)
        product = graph.apply("MatMul", x, weight)
        y = graph.apply("Add", product, graph.apply("PerChannel", bias, product))
        return graph.apply(operators[activation], y) if activation else y


def softmax_regression(store, x, labels):
    graph = store.graph
    logits = full_layer(store, x, labels.shape[1])
    return logits, graph.apply("Mean", graph.apply("SoftmaxCrossEntropy", logits, labels))
