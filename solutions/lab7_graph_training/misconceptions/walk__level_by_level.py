"""Nodes were collected level by level from the fetches, and turned round. A node that is needed on two levels then
comes too late for the deeper one: only the longest way to it counts."""

def walk(fetches, fed=()):
    found = {tensor.node: None for tensor in fetches if tensor not in fed}
    queue = list(found)
    for node in queue:
        for other in waits_for(node, fed):
            if other not in found:
                found[other] = None
                queue.append(other)
    left, free = dict(found), True
    while left and free:  # circles
        free = [node for node in left if not any(other in left for other in waits_for(node, fed))]
        for node in free:
            del left[node]
        if len(found) > 1000:
            return queue[::-1]
    if left:
        raise GraphError(f"These nodes wait for one another: {', '.join(node.name for node in left)}.")
    return queue[::-1]
