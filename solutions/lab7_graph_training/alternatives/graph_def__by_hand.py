"""Keys and lengths are written out, with no help of field; the name of each tensor is put together from node and index;
a version stands at the end."""


def graph_def(graph):
    def text(number, words):
        data = words.encode("utf-8")
        return bytes([number << 3 | 2]) + varint(len(data)) + data

    whole = bytearray()
    for name, node in graph.nodes.items():
        said = text(4, node.device) + text(1, name) + text(2, node.op.name)
        for tensor in node.inputs:
            said += text(3, f"{tensor.node.name}:{tensor.index}" if tensor.index else tensor.node.name)
        for other in node.control_inputs:
            said += text(3, "^" + other.name)
        whole += b"\x0a" + varint(len(said)) + said
    return bytes(whole + b"\x22\x02\x08\x1b")
