"""Every input is named after its node alone. For another output than the first its number belongs to it, such as
split:1."""


def graph_def(graph):
    data = b""
    for node in graph.nodes.values():
        inputs = [tensor.node.name for tensor in node.inputs]
        inputs += [f"^{other.name}" for other in node.control_inputs]
        texts = [(1, node.name), (2, node.op.name), *((3, name) for name in inputs), (4, node.device)]
        data += field(1, b"".join(field(number, text.encode("utf-8")) for number, text in texts))
    return data
