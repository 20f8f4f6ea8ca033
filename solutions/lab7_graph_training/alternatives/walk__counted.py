"""Counts what each node still waits for, and lets run whatever waits for nothing."""

from collections import deque


def walk(fetches, fed=()):
    users, waiting = {}, {}
    found = list(dict.fromkeys(tensor.node for tensor in fetches if tensor not in fed))
    seen = set(found)
    for node in found:
        others = waits_for(node, fed)
        waiting[node] = len(others)
        for other in others:
            users.setdefault(other, []).append(node)
            if other not in seen:
                seen.add(other)
                found.append(other)
    order, free = [], deque(node for node in found if not waiting[node])
    while free:
        node = free.popleft()
        order.append(node)
        for user in users.get(node, ()):
            waiting[user] -= 1
            if not waiting[user]:
                free.append(user)
    if len(order) < len(found):
        left = ", ".join(node.name for node in found if waiting[node])
        raise GraphError(f"Among these nodes some wait for one another: {left}.")
    return order
