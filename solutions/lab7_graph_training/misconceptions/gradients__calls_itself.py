"""A function calls itself for each node in a row, and Python allows that a thousand times. Keep the nodes that are
still to be visited in a list of your own."""

def gradients(graph, loss, wanted, rules=None):
    rules = GRADIENTS if rules is None else rules
    if loss.shape != ():
        raise GraphError(f"{loss.name} has shape {list(loss.shape)}; only a single number has a gradient.")
    for tensor in wanted:
        if not tensor.dtype.startswith("float"):
            raise GraphError(f"{tensor.name} is {tensor.dtype}; only floats have gradients.")
    order, on_the_way = consumers_first(loss.node), set()
    for node in reversed(order):
        if any(tensor in wanted or tensor.node in on_the_way for tensor in node.inputs):
            on_the_way.add(node)
    with graph.name_scope("gradients"):
        sums = {loss: graph.apply("Const", value=np.ones((), loss.dtype), name="one")}
        for node in order:
            dy = sums.get(node.outputs[0])
            if node not in on_the_way or dy is None:
                continue
            if node.op.name not in rules:
                raise GraphError(f"{node.name}: there is no rule for the gradient of {node.op.name}.")
            for tensor, term in zip(node.inputs, rules[node.op.name](graph, node, dy), strict=True):
                if term is not None:
                    sums[tensor] = graph.apply("Add", sums[tensor], term) if tensor in sums else term
    return [sums.get(tensor) for tensor in wanted]


def consumers_first(last):
    order, seen = [], set()

    def visit(node):
        seen.add(node)
        for tensor in node.inputs:
            if tensor.node not in seen:
                visit(tensor.node)
        order.append(node)

    visit(last)
    return order[::-1]
