"""The four products stand in a table by the two switches; scalars are spread first and multiplied then."""


@gradient_of("MatMul")
def matmul_gradient(graph, node, dy):
    a, b = node.inputs
    ways = {
        (False, False): ((dy, b, False, True), (a, dy, True, False)),
        (False, True): ((dy, b, False, False), (dy, a, True, False)),
        (True, False): ((b, dy, False, True), (a, dy, False, False)),
        (True, True): ((b, dy, True, True), (dy, a, True, True)),
    }
    way = ways[node.attributes["transpose_a"], node.attributes["transpose_b"]]
    return tuple(graph.apply("MatMul", p, q, transpose_a=turn_p, transpose_b=turn_q) for p, q, turn_p, turn_q in way)


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
    x = node.inputs[0]
    return (graph.apply("Div", graph.apply("Fill", dy, x), graph.apply("Count", x)),)


@gradient_of("SoftmaxCrossEntropy")
def softmax_cross_entropy_gradient(graph, node, dy):
    logits, labels = node.inputs
    rows = graph.apply("PerRow", dy, logits)
    pushed = graph.apply("Mul", rows, graph.apply("Softmax", logits))
    return graph.apply("Sub", pushed, graph.apply("Mul", rows, labels)), None


@gradient_of("Reshape")
def reshape_gradient(graph, node, dy):
    return (graph.apply("ReshapeLike", dy, node.inputs[0]),)


@gradient_of("Conv2D")
def conv2d_gradient(graph, node, dy):
    x, weight = node.inputs
    how = {"stride": node.attributes["stride"], "pad": node.attributes["pad"]}
    names = "Conv2DBackpropInput", "Conv2DBackpropFilter"
    return tuple(graph.apply(name, x, weight, dy, **how) for name in names)


@gradient_of("MaxPool")
def max_pool_gradient(graph, node, dy):
    size, stride = node.attributes["kernel_size"], node.attributes["stride"]
    return (graph.apply("MaxPoolGrad", node.inputs[0], dy, kernel_size=size, stride=stride),)
