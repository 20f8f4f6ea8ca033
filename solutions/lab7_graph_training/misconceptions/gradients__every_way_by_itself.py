"""Each term was carried on by itself, by every way from the loss: rules are called once for each way, and in a tower
of diamonds there are thousands. Add the terms of a tensor up first, then go on once."""

def gradients(graph, loss, wanted, rules=None):
    rules = GRADIENTS if rules is None else rules
    if loss.shape != ():
        raise GraphError(f"{loss.name} has shape {list(loss.shape)}; only a single number has a gradient.")
    for tensor in wanted:
        if not tensor.dtype.startswith("float"):
            raise GraphError(f"{tensor.name} is {tensor.dtype}; only floats have gradients.")
    sums = {}
    on_the_way = set()
    for node in reversed(consumers_first(loss.node)):
        if any(tensor in wanted or tensor.node in on_the_way for tensor in node.inputs):
            on_the_way.add(node)
    with graph.name_scope("gradients"):
        stack = [(loss, graph.apply("Const", value=np.ones((), loss.dtype), name="one"))]
        while stack:
            tensor, term = stack.pop()
            if tensor in wanted:
                sums[tensor] = graph.apply("Add", sums[tensor], term) if tensor in sums else term
            node = tensor.node
            if node not in on_the_way:
                continue
            if node.op.name not in rules:
                raise GraphError(f"{node.name}: there is no rule for the gradient of {node.op.name}.")
            for other, more in zip(node.inputs, rules[node.op.name](graph, node, term)):
                if more is not None:
                    stack.append((other, more))
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
