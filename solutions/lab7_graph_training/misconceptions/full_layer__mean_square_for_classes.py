"""The loss is a mean square of probabilities. For classes it is the cross-entropy: where the answer is quite wrong, the
square hardly pushes at all.

Look at the two losses in the picture above the question, at the left end of each, where the network is quite sure of a
wrong class. One of them is almost flat there.

A weight moves by the slope of the loss. What the square of an error loses is the factor p(1 - p) that the softmax puts
in front: for a p near 0 it is near 0, however wrong the answer is. Taking the logarithm first cancels that very factor,
and what remains is p minus the label.

The line to mend is the last one of softmax_regression. There is an operator that takes logits and labels, and gives one
loss for each row; think of what is still to be done to make one number of them.
"""


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
    error = graph.apply("Sub", graph.apply("Softmax", logits), labels)
    return logits, graph.apply("Mean", graph.apply("Square", error))
