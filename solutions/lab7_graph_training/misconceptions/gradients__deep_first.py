"""Nodes were visited depth first, each when it was first met. A node must wait until all of its consumers have had
their turn. Count those that still owe a term."""

def gradients(graph, loss, wanted, rules=None):
    rules = GRADIENTS if rules is None else rules
    if loss.shape != ():
        raise GraphError(f"{loss.name} has shape {list(loss.shape)}; only a single number has a gradient.")
    for tensor in wanted:
        if not tensor.dtype.startswith("float"):
            raise GraphError(f"{tensor.name} is {tensor.dtype}; only floats have gradients.")
    order, on_the_way, stack = [], set(), [loss.node]
    while stack:
        node = stack.pop()
        if node not in order:
            order.append(node)
            stack.extend(tensor.node for tensor in node.inputs)
    for node in reversed(consumers_first(loss.node)):
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
    seen, owing = {last: None}, {}
    for node in (found := [last]):  # it grows meanwhile
        for tensor in node.inputs:
            owing[tensor.node] = owing.get(tensor.node, 0) + 1
            if tensor.node not in seen:
                seen[tensor.node] = None
                found.append(tensor.node)
    order, ready = [], [last]
    while ready:
        node = ready.pop()
        order.append(node)
        for tensor in node.inputs:
            owing[tensor.node] -= 1
            if not owing[tensor.node]:
                ready.append(tensor.node)
    return order
