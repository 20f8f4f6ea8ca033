"""The last layer is a full_layer."""


def mnist_cnn(store, images, labels):
    graph, y = store.graph, images
    for name, filters in (("conv1", 32), ("conv2", 64)):
        with store.variable_scope(name):
            weight = store.get_variable("weight", (y.shape[1], 5, 5, filters), small_numbers)
            bias = store.get_variable("bias", (filters,), zeros)
            y = graph.apply("Relu", graph.apply("BiasAdd", graph.apply("Conv2D", y, weight, pad=2), bias))
            y = graph.apply("MaxPool", y, kernel_size=2, stride=2)
    y = graph.apply("Reshape", y, shape=(-1, 3136))
    logits = full_layer(store, y, 10, name="fc10")
    return logits, graph.apply("Mean", graph.apply("SoftmaxCrossEntropy", logits, labels))
