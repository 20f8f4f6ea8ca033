"""The last layer is a convolution that is as large as its maps: its weight is the variable, in another shape."""


def mnist_cnn(store, images, labels):
    graph, y = store.graph, images
    for name, filters in (("conv1", 32), ("conv2", 64)):
        with store.variable_scope(name):
            weight = store.get_variable("weight", (y.shape[1], 5, 5, filters), small_numbers)
            bias = store.get_variable("bias", (filters,), zeros)
            y = graph.apply("Relu", graph.apply("BiasAdd", graph.apply("Conv2D", y, weight, pad=2), bias))
            y = graph.apply("MaxPool", y, kernel_size=2, stride=2)
    with store.variable_scope("fc10"):
        weight = store.get_variable("weight", (3136, 10), small_numbers)
        bias = store.get_variable("bias", (10,), zeros)
        window = graph.apply("Reshape", weight, shape=(64, 7, 7, 10))
        maps = graph.apply("BiasAdd", graph.apply("Conv2D", y, window), bias)
        logits = graph.apply("Reshape", maps, shape=(-1, 10))
    return logits, graph.apply("Mean", graph.apply("SoftmaxCrossEntropy", logits, labels))
