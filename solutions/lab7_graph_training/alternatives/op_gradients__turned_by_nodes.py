"""Matrices are turned by Transpose nodes; slopes are written out in other operators."""


@gradient_of("MatMul")
def matmul_gradient(graph, node, dy):
    def turn(matrix, wanted=True):
        return graph.apply("Transpose", matrix, axes=(1, 0)) if wanted else matrix

    a, b = node.inputs
    turned_a, turned_b = node.attributes["transpose_a"], node.attributes["transpose_b"]
    da = graph.apply("MatMul", dy, turn(turn(b, turned_b)))
    db = graph.apply("MatMul", turn(turn(a, turned_a)), dy)
    return turn(da, turned_a), turn(db, turned_b)


@gradient_of("BiasAdd")
def bias_add_gradient(graph, node, dy):
    return dy, graph.apply("ChannelSum", dy)


@gradient_of("Sigmoid")
def sigmoid_gradient(graph, node, dy):
    y = node.outputs[0]
    other = graph.apply("Shift", graph.apply("Neg", y), by=1.0)
    return (graph.apply("Mul", graph.apply("Mul", dy, y), other),)


@gradient_of("Relu")
def relu_gradient(graph, node, dy):
    return (graph.apply("Mul", graph.apply("Step", node.outputs[0]), dy),)


@gradient_of("Square")
def square_gradient(graph, node, dy):
    x = node.inputs[0]
    return (graph.apply("Mul", graph.apply("Add", x, x), dy),)


@gradient_of("Mean")
def mean_gradient(graph, node, dy):
    x = node.inputs[0]
    return (graph.apply("Fill", graph.apply("Mul", dy, graph.apply("Reciprocal", graph.apply("Count", x))), x),)


@gradient_of("SoftmaxCrossEntropy")
def softmax_cross_entropy_gradient(graph, node, dy):
    logits, labels = node.inputs
    difference = graph.apply("Sub", graph.apply("Softmax", logits), labels)
    return graph.apply("Mul", graph.apply("PerRow", dy, logits), difference), None


@gradient_of("Reshape")
def reshape_gradient(graph, node, dy):
    shape = [-1 if size is None else size for size in node.inputs[0].shape]
    return (graph.apply("Reshape", dy, shape=tuple(shape)),)


@gradient_of("Conv2D")
def conv2d_gradient(graph, node, dy):
    x, weight = node.inputs
    dx = graph.apply("Conv2DBackpropInput", x, weight, dy, **node.attributes)
    return dx, graph.apply("Conv2DBackpropFilter", x, weight, dy, **node.attributes)


@gradient_of("MaxPool")
def max_pool_gradient(graph, node, dy):
    return (graph.apply("MaxPoolGrad", node.inputs[0], dy, **node.attributes),)
