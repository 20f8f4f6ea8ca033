"""The length of a text counts its letters. It counts its bytes, of which a letter in UTF-8 may have several."""


def graph_def(graph):
    data = b""
    for node in graph.nodes.values():
        inputs = [tensor.name.removesuffix(":0") for tensor in node.inputs]
        inputs += [f"^{other.name}" for other in node.control_inputs]
        texts = [(1, node.name), (2, node.op.name), *((3, name) for name in inputs), (4, node.device)]
        data += field(1, b"".join(varint(8 * number + 2) + varint(len(text)) + text.encode("utf-8") for number, text in texts))
    return data
