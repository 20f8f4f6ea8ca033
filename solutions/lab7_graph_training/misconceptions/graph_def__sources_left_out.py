"""Nodes without inputs are missing, and what takes from them takes from nowhere. Placeholders, variables and constants
are nodes too."""


def graph_def(graph):
    data = b""
    for node in graph.nodes.values():
        if not node.inputs and not node.control_inputs:
            continue
        inputs = [tensor.name.removesuffix(":0") for tensor in node.inputs]
        inputs += [f"^{other.name}" for other in node.control_inputs]
        texts = [(1, node.name), (2, node.op.name), *((3, name) for name in inputs), (4, node.device)]
        data += field(1, b"".join(field(number, text.encode("utf-8")) for number, text in texts))
    return data
