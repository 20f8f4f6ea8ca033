"""Nodes ran that no fetch needs: all that were made before the last fetched one. Not every earlier node is
needed."""

@add_to_class(Session)
def run(self, fetches, feeds):
    values = dict(feeds)
    nodes = list(self.graph.nodes.values())
    last = max(nodes.index(tensor.node) for tensor in fetches)
    for node in nodes[: last + 1]:
        if all(output in values for output in node.outputs) or node.is_placeholder:
            continue
        if node.is_variable:
            outputs = (node.value,)
        elif any(source not in values for source in node.inputs):
            continue
        else:
            outputs = self.launch(node, [values[source] for source in node.inputs])
        for output, value in zip(node.outputs, outputs):
            values.setdefault(output, value)
    missing = [tensor.node.name for tensor in fetches if tensor not in values]
    if missing:
        names = ", ".join(node.name for node in nodes)
        raise GraphError(f"These cannot be computed: {', '.join(missing)} out of {names}.")
    return [values[tensor] for tensor in fetches]
