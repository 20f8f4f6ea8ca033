"""The terms of a tensor were added up when its node was visited, and once more when it was returned. Keep the sum."""

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
        terms = {loss: [graph.apply("Const", value=np.ones((), loss.dtype), name="one")]}
        for node in order:
            if node not in on_the_way or node.outputs[0] not in terms:
                continue
            dy = total(graph, terms[node.outputs[0]])
            if node.op.name not in rules:
                raise GraphError(f"{node.name}: there is no rule for the gradient of {node.op.name}.")
            for tensor, term in zip(node.inputs, rules[node.op.name](graph, node, dy), strict=True):
                if term is not None:
                    terms.setdefault(tensor, []).append(term)
        return [total(graph, terms[tensor]) if tensor in terms else None for tensor in wanted]


def total(graph, terms):
    tensor = terms[0]
    for term in terms[1:]:
        tensor = graph.apply("Add", tensor, term)
    return tensor


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
