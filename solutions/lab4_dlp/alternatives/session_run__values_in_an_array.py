"""Values of one shape as the rows of an array."""

@add_to_class(Session)
def run(self, fetches, feeds):
    values, waiting = dict(feeds), []

    def value_of(tensor):
        if tensor not in values:
            for output, value in zip(tensor.node.outputs, outputs_of(tensor.node), strict=True):
                values.setdefault(output, value)
        return values[tensor]

    def outputs_of(node):
        if node.is_placeholder:
            raise GraphError(f"The placeholder {node.name} is needed and was not fed.")
        if node.is_variable:
            return (node.value,)
        if node in waiting:
            raise GraphError(f"These nodes wait for one another: {', '.join(n.name for n in waiting)}.")
        waiting.append(node)
        arrays = [value_of(source) for source in node.inputs]
        waiting.pop()
        return self.launch(node, arrays)

    return np.array([value_of(tensor) for tensor in fetches])
