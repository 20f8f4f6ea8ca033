"""Sorts the needed nodes topologically first, then runs them in that order."""


@add_to_class(Session)
def run(self, fetches, feeds):
    order, state = [], {}

    def visit(node, path):
        if all(output in feeds for output in node.outputs) or state.get(node) == "done":
            return
        if state.get(node) == "open":
            raise GraphError("circle: " + ", ".join(n.name for n in [*path, node]))
        if node.is_placeholder:
            raise GraphError(f"placeholder {node.name} was not fed")
        state[node] = "open"
        if not node.is_variable:
            for source in node.inputs:
                if source not in feeds:
                    visit(source.node, [*path, node])
        state[node] = "done"
        order.append(node)

    for tensor in fetches:
        if tensor not in feeds:
            visit(tensor.node, [])
    values = {}
    for node in order:
        if node.is_variable:
            results = (node.value,)
        else:
            results = self.launch(node, [feeds[t] if t in feeds else values[t] for t in node.inputs])
        values.update(zip(node.outputs, results))
    return [feeds[t] if t in feeds else values[t] for t in fetches]
