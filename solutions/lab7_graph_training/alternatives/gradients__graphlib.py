"""Python's own graphlib gives the order, and what lies behind the wanted tensors is found forwards."""

from graphlib import TopologicalSorter


def gradients(graph, loss, wanted, rules=None):
    rules = GRADIENTS if rules is None else rules
    if tuple(loss.shape):
        raise GraphError(f"The loss {loss.name} must be a scalar.")
    for tensor in wanted:
        if tensor.dtype not in ("float16", "float32", "float64"):
            raise GraphError(f"{tensor.name} holds {tensor.dtype}, which has no gradient.")
    edges, todo = {}, [loss.node]
    while todo:
        node = todo.pop()
        if node not in edges:
            edges[node] = [tensor.node for tensor in node.inputs]
            todo += edges[node]
    order = list(TopologicalSorter(edges).static_order())
    touched = set(wanted)
    for node in order:
        if touched.intersection(node.inputs):
            touched.update(node.outputs)
    between = {node for node in order if touched.intersection(node.inputs)}
    with graph.name_scope("gradients"):
        found = {loss: graph.apply("Const", value=np.array(1, dtype=loss.dtype))}
        for node in order[::-1]:
            (output,) = node.outputs
            if node not in between or output not in found:
                continue
            try:
                rule = rules[node.op.name]
            except KeyError:
                raise GraphError(f"No gradient is known of {node.op.name}, which {node.name} uses.") from None
            for tensor, term in zip(node.inputs, rule(graph, node, found[output])):
                if term is None:
                    continue
                if tensor in found:
                    term = graph.apply("Add", found[tensor], term, name="sum")
                found[tensor] = term
    return [found[tensor] if tensor in found else None for tensor in wanted]
