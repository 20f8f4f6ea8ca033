"""Each node says its dtype as an attribute too, the first output is written as :0, and nodes stand last to first."""


def attribute(name, value):
    """One entry of the map of attributes: its name, and an AttrValue with a text in field 2."""
    return field(5, field(1, name.encode()) + field(2, field(2, value.encode())))


def graph_def(graph):
    nodes = []
    for node in graph.nodes.values():
        one = [field(1, node.name.encode()), field(2, node.op.name.encode())]
        one += [field(3, tensor.name.encode()) for tensor in node.inputs]
        one += [field(3, b"^" + other.name.encode()) for other in node.control_inputs]
        one += [field(4, node.device.encode()), attribute("dtype", node.outputs[0].dtype)]
        nodes.insert(0, field(1, b"".join(one)))
    return b"".join(nodes)
