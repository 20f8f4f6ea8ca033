"""What a node only waits for is missing. It stands behind the inputs, with ^ before the name."""


def graph_def(graph):
    data = b""
    for node in graph.nodes.values():
        inputs = [tensor.name.removesuffix(":0") for tensor in node.inputs]
        texts = [(1, node.name), (2, node.op.name), *((3, name) for name in inputs), (4, node.device)]
        data += field(1, b"".join(field(number, text.encode("utf-8")) for number, text in texts))
    return data
