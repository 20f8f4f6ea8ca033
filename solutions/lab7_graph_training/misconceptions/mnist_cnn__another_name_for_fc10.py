"""The last layer is in the scope fc. It is called fc10: whoever loads weights by name looks for fc10/weight."""


def mnist_cnn(store, images, labels):
    graph, y = store.graph, images
    for name, filters in (("conv1", 32), ("conv2", 64)):
        with store.variable_scope(name):
            weight = store.get_variable("weight", (y.shape[1], 5, 5, filters), small_numbers)
            bias = store.get_variable("bias", (filters,), zeros)
            y = graph.apply("Relu", graph.apply("BiasAdd", graph.apply("Conv2D", y, weight, pad=2), bias))
            y = graph.apply("MaxPool", y, kernel_size=2, stride=2)
    with store.variable_scope("fc"):
        y = graph.apply("Reshape", y, shape=(-1, int(np.prod(y.shape[1:]))))
        weight = store.get_variable("weight", (y.shape[1], 10), small_numbers)
        bias = store.get_variable("bias", (10,), zeros)
        logits = graph.apply("BiasAdd", graph.apply("MatMul", y, weight), bias)
    return logits, graph.apply("Mean", graph.apply("SoftmaxCrossEntropy", logits, labels))
