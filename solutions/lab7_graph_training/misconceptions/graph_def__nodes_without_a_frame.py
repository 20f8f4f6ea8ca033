"""The texts of the nodes stand one behind the other, and nothing says where a node begins. Each node is a message in a
field 1 of its own."""


def graph_def(graph):
    data = b""
    for node in graph.nodes.values():
        inputs = [tensor.name.removesuffix(":0") for tensor in node.inputs]
        inputs += [f"^{other.name}" for other in node.control_inputs]
        texts = [(1, node.name), (2, node.op.name), *((3, name) for name in inputs), (4, node.device)]
        data += b"".join(field(number, text.encode("utf-8")) for number, text in texts)
    return data
