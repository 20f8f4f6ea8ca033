"""What a node only waits for stands before its inputs. It stands behind them, since inputs are counted from the
front."""


def graph_def(graph):
    data = b""
    for node in graph.nodes.values():
        inputs = [f"^{other.name}" for other in node.control_inputs]
        inputs += [tensor.name.removesuffix(":0") for tensor in node.inputs]
        texts = [(1, node.name), (2, node.op.name), *((3, name) for name in inputs), (4, node.device)]
        data += field(1, b"".join(field(number, text.encode("utf-8")) for number, text in texts))
    return data
