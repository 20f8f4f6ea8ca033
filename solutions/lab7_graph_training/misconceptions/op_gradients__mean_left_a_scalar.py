"""Mean: one number came back. The gradient of x has the shape of x: the same part in every entry."""


@gradient_of("MatMul")
def matmul_gradient(graph, node, dy):
    a, b = node.inputs
    turned_a, turned_b = node.attributes["transpose_a"], node.attributes["transpose_b"]
    if turned_a:
        da = graph.apply("MatMul", b, dy, transpose_a=turned_b, transpose_b=True)
    else:
        da = graph.apply("MatMul", dy, b, transpose_b=not turned_b)
    if turned_b:
        db = graph.apply("MatMul", dy, a, transpose_a=True, transpose_b=turned_a)
    else:
        db = graph.apply("MatMul", a, dy, transpose_a=not turned_a)
    return da, db


@gradient_of("BiasAdd")
def bias_add_gradient(graph, node, dy):
    return dy, graph.apply("ChannelSum", dy)


@gradient_of("Sigmoid")
def sigmoid_gradient(graph, node, dy):
    y = node.outputs[0]
    slope = graph.apply("Sub", y, graph.apply("Square", y))
    return (graph.apply("Mul", dy, slope),)


@gradient_of("Relu")
def relu_gradient(graph, node, dy):
    return (graph.apply("Mul", dy, graph.apply("Step", node.inputs[0])),)


@gradient_of("Square")
def square_gradient(graph, node, dy):
    return (graph.apply("Mul", dy, graph.apply("Scale", node.inputs[0], by=2.0)),)


@gradient_of("Mean")
def mean_gradient(graph, node, dy):
    return (graph.apply("Div", dy, graph.apply("Count", node.inputs[0])),)


@gradient_of("SoftmaxCrossEntropy")
def softmax_cross_entropy_gradient(graph, node, dy):
    logits, labels = node.inputs
    difference = graph.apply("Sub", graph.apply("Softmax", logits), labels)
    return graph.apply("Mul", graph.apply("PerRow", dy, logits), difference), None


@gradient_of("Reshape")
def reshape_gradient(graph, node, dy):
    return (graph.apply("ReshapeLike", dy, node.inputs[0]),)


@gradient_of("Conv2D")
def conv2d_gradient(graph, node, dy):
    x, weight = node.inputs
    dx = graph.apply("Conv2DBackpropInput", x, weight, dy, **node.attributes)
    return dx, graph.apply("Conv2DBackpropFilter", x, weight, dy, **node.attributes)


@gradient_of("MaxPool")
def max_pool_gradient(graph, node, dy):
    return (graph.apply("MaxPoolGrad", node.inputs[0], dy, **node.attributes),)
