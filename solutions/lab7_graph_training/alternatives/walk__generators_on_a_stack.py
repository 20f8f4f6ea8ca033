"""Keeps an iterator over what is still to be waited for with each node on its stack."""

def walk(fetches, fed=()):
    order, finished, path = {}, set(), {}
    for tensor in fetches:
        if tensor in fed or tensor.node in order:
            continue
        path[tensor.node] = iter(waits_for(tensor.node, fed))
        while path:
            node, others = next(reversed(path.items()))
            for other in others:
                if other in path:
                    names = [each.name for each in path]
                    raise GraphError("These wait in a circle: " + ", ".join(names[names.index(other.name) :]))
                if other not in order:
                    path[other] = iter(waits_for(other, fed))
                    break
            else:
                del path[node]
                order[node] = True
    return list(order)
