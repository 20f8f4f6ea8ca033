"""Each rule works in a name scope and returns a list; the sigmoid's slope is made anew from x."""


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
    mean = graph.apply("ChannelMean", dy)
    entries = graph.apply("Div", graph.apply("Count", dy), graph.apply("Count", mean))
    return [dy, graph.apply("Mul", mean, entries)]


@gradient_of("Sigmoid")
def sigmoid_gradient(graph, node, dy):
    with graph.name_scope("sigmoid_gradient"):
        y = graph.apply("Sigmoid", node.inputs[0])
        one = graph.apply("Const", value=np.float32(1))
        slope = graph.apply("Mul", y, graph.apply("Sub", one, y))
        return [graph.apply("Mul", slope, dy)]


@gradient_of("Relu")
def relu_gradient(graph, node, dy):
    with graph.name_scope("relu_gradient"):
        return [graph.apply("Mul", dy, graph.apply("Step", node.inputs[0]))]


@gradient_of("Square")
def square_gradient(graph, node, dy):
    two = graph.apply("Const", value=np.asarray(2, np.float32))
    return [graph.apply("Mul", graph.apply("Mul", two, dy), node.inputs[0])]


@gradient_of("Mean")
def mean_gradient(graph, node, dy):
    x = node.inputs[0]
    ones = graph.apply("Fill", graph.apply("Const", value=np.float32(1)), x)
    return [graph.apply("Mul", graph.apply("Div", dy, graph.apply("Sum", ones)), ones)]


@gradient_of("SoftmaxCrossEntropy")
def softmax_cross_entropy_gradient(graph, node, dy):
    logits, labels = node.inputs
    with graph.name_scope("softmax_gradient"):
        right = graph.apply("Sub", labels, graph.apply("Softmax", logits))
        return [graph.apply("Neg", graph.apply("Mul", right, graph.apply("PerRow", dy, right))), None]


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
