"""A tensor that several nodes take kept only the term of the last one. Its gradient is the sum of all terms.

Where to look: the first case with a single way from the loss to the weight is right, and the first one in which a
tensor has several consumers is wrong. So it is not a rule that errs, but what you do with what the rules say.

The idea: a tensor acts on the loss by every way that leads from it there. If it changes a little, each consumer
changes a little, and the loss feels all of it at once. Small changes add up; they do not replace one another.

The line to mend: the one that stores a rule's term for an input. There may be a term already, from another
consumer. Then what has to be stored is a node that adds the two, and what is stored must be complete before the
rule of the tensor's own node is called."""

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
                    sums[tensor] = term
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
