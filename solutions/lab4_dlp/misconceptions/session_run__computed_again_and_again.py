"""A node ran once for each tensor that needs it. Keep each value for the rest of the run, and look there
first."""

@add_to_class(Session)
def run(self, fetches, feeds):
    values = dict(feeds)
    waiting = []  # nodes that were begun; each waits for the one behind it

    def value_of(tensor):
        if tensor not in values:
            return outputs_of(tensor.node)[tensor.index]
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
        arrays = [value_of(source) for source in node.inputs]
        waiting.pop()
        return self.launch(node, arrays)

    return [value_of(tensor) for tensor in fetches]
