"""Nodes came once for each node that waits for them. In a tower of diamonds that doubles from level to level. Remember
which nodes have come."""

def walk(fetches, fed=()):
    order = []

    def visit(node, above):
        if node in above:
            raise GraphError(f"These nodes wait for one another: {', '.join(each.name for each in above)}.")
        for other in waits_for(node, fed):
            visit(other, (*above, node))
        order.append(node)

    for tensor in fetches:
        if tensor not in fed:
            visit(tensor.node, ())
    return order
