"""Python's own graphlib sorts the needed nodes."""

from graphlib import CycleError, TopologicalSorter


def walk(fetches, fed=()):
    edges, todo = {}, [tensor.node for tensor in fetches if tensor not in fed]
    while todo:
        node = todo.pop()
        if node not in edges:
            edges[node] = waits_for(node, fed)
            todo.extend(edges[node])
    try:
        return list(TopologicalSorter(edges).static_order())
    except CycleError as error:
        raise GraphError("A circle: " + " <- ".join(node.name for node in error.args[1])) from None
