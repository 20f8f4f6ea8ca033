"""The whole graph ran, in the order in which it was made. Only what the fetches need may run: start from them,
and go backwards."""

@add_to_class(Session)
def run(self, fetches, feeds):
    values = dict(feeds)
    for node in self.graph.nodes.values():
        if all(output in values for output in node.outputs):
            continue
        if node.is_placeholder:
            raise GraphError(f"The placeholder {node.name} was not fed.")
        if node.is_variable:
            outputs = (node.value,)
        else:
            missing = [source.node.name for source in node.inputs if source not in values]
            if missing:
                raise GraphError(f"{node.name} waits for {', '.join(missing)}.")
            outputs = self.launch(node, [values[source] for source in node.inputs])
        for output, value in zip(node.outputs, outputs):
            values.setdefault(output, value)
    return [values[tensor] for tensor in fetches]
