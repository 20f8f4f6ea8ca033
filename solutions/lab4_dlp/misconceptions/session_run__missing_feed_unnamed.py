"""A placeholder was needed and not fed. Say which one: raise a GraphError with its name."""

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
            raise GraphError("A placeholder was not fed.")
        if node.is_variable:
            return (node.value,)
        if node in waiting:
            circle = [*waiting[waiting.index(node) :], node]
            raise GraphError(f"These nodes wait for one another: {' <- '.join(n.name for n in circle)}.")
        waiting.append(node)
        arrays = [value_of(source) for source in node.inputs]
        waiting.pop()
        return self.launch(node, arrays)

    return [value_of(tensor) for tensor in fetches]
