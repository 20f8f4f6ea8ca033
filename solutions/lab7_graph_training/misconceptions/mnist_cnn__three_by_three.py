"""The filters are 3 x 3. They are 5 x 5 here, with a padding of 2."""


def mnist_cnn(store, images, labels):
    graph, y = store.graph, images
    for name, filters in (("conv1", 32), ("conv2", 64)):
        with store.variable_scope(name):
            weight = store.get_variable("weight", (y.shape[1], 3, 3, filters), small_numbers)
            bias = store.get_variable("bias", (filters,), zeros)
            y = graph.apply("Relu", graph.apply("BiasAdd", graph.apply("Conv2D", y, weight, pad=1), bias))
            y = graph.apply("MaxPool", y, kernel_size=2, stride=2)
    with store.variable_scope("fc10"):
        y = graph.apply("Reshape", y, shape=(-1, int(np.prod(y.shape[1:]))))
        weight = store.get_variable("weight", (y.shape[1], 10), small_numbers)
        bias = store.get_variable("bias", (10,), zeros)
        logits = graph.apply("BiasAdd", graph.apply("MatMul", y, weight), bias)
    return logits, graph.apply("Mean", graph.apply("SoftmaxCrossEntropy", logits, labels))
