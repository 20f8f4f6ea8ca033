"""Names were written without their scopes. TensorBoard makes its boxes of them, and inputs name whole names."""


def graph_def(graph):
    data = b""
    for node in graph.nodes.values():
        inputs = [tensor.name.removesuffix(":0") for tensor in node.inputs]
        inputs += [f"^{other.name}" for other in node.control_inputs]
        texts = [(1, node.name.rpartition("/")[2]), (2, node.op.name), *((3, name) for name in inputs), (4, node.device)]
        data += field(1, b"".join(field(number, text.encode("utf-8")) for number, text in texts))
    return data
